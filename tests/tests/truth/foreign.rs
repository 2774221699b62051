//! Rule 35 for every operation: what is somebody else's and what is nowhere get the same answer for the same number of
//! store calls.

use handfast::company::Role;
use handfast_contract::{Asked, Operation};
use handfast_tests::{Calls, World, on_every_store};

use crate::{
    arguments::{Things, arguments, id_types},
    ask_as, door, of_persons, of_roles,
    partners::visit,
};

/// All that a caller sees, without the ids that were asked with.
pub(crate) fn seen(asked: &Asked, things: &Things) -> String {
    things.hidden(&format!("{asked:?}"))
}

/// Whether two calls look alike, with what is another's and with what is nowhere.
pub(crate) fn compare(operation: &Operation, ty: &str, foreign: (String, Calls), missing: (String, Calls)) {
    assert_eq!(foreign, missing, "{} with a foreign {ty} and with a missing one", operation.name());
}

on_every_store! {
    fn rule_35_a_companys_operation_answers_a_foreign_id_as_a_missing_one(world: &World) {
        let (own, other, door) = (world.firm("Flora Export"), world.firm("Frutas del Sur"), door(world));
        let foreign_visit = visit(world, &other, "Camino Consulting").delegation;
        let mut tried = 0;
        for (operation, _) in of_roles() {
            for ty in id_types(operation) {
                tried += 1;
                for actor in [own.admin, own.host()] {
                    let ours = Things::of(world, &own);
                    let answer = |things: &Things| {
                        let given = arguments(operation, things);
                        let (asked, calls) = world.store.calls(|| ask_as(&door, operation, actor, given));
                        assert!(!matches!(asked, Asked::Wrong(_)), "{}: {asked:?}", operation.name());
                        (seen(&asked, things), calls)
                    };
                    let theirs = Things::of(world, &other).with("DelegationId", foreign_visit.to_string());
                    let foreign = answer(&ours.but(ty, &theirs));
                    let missing = answer(&ours.but(ty, &Things::missing(7_000 + tried)));
                    compare(operation, ty, foreign, missing);
                }
            }
        }
        assert!(tried > 20, "{tried}");
    }

    fn rule_35_a_persons_operation_answers_a_foreign_id_as_a_missing_one(world: &World) {
        let (own, other, door) = (world.firm("Flora Export"), world.firm("Frutas del Sur"), door(world));
        let foreign_session = world.sessions().resolve(&world.signed_in(&other.email)).unwrap();
        let mut tried = 0;
        for operation in of_persons() {
            for ty in id_types(operation) {
                tried += 1;
                let answer = |things: &Things| {
                    let mut given = arguments(operation, things);
                    given.insert("session_token".to_owned(), world.signed_in(&own.email).into());
                    let (asked, calls) = world.store.calls(|| door.ask(&operation.name(), given));
                    assert!(matches!(asked, Asked::Refused(_)), "{}: {asked:?}", operation.name());
                    (seen(&asked, things), calls)
                };
                let ours = Things::of(world, &own);
                let foreign = Things::of(world, &other)
                    .with("SessionId", foreign_session.session.to_string())
                    .with("IdentityId", foreign_session.identity.to_string());
                let foreign = answer(&ours.but(ty, &foreign));
                let missing = answer(&ours.but(ty, &Things::missing(8_000 + tried)));
                compare(operation, ty, foreign, missing);
            }
        }
        assert!(tried > 4, "{tried}");
    }

    fn rule_37_who_is_limited_to_departments_gets_what_is_elsewhere_answered_as_a_missing_one(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let member = world.member(&firm, Role::SalesManager, "sol@people.example");
        let department = world.department(&firm, "Box office");
        world.staff().limit(firm.admin, member.staff, &[department]).unwrap();
        let of_a_department = ["CustomerId", "AssociationId", "DepartmentId", "OrderId"];
        let mut tried = 0;
        for (operation, _) in of_roles() {
            for ty in id_types(operation).into_iter().filter(|ty| of_a_department.contains(ty)) {
                tried += 1;
                let elsewhere = Things::of(world, &firm);
                let own = elsewhere.with("DepartmentId", department.to_string());
                let answer = |things: &Things| {
                    let given = arguments(operation, things);
                    let (asked, calls) = world.store.calls(|| ask_as(&door, operation, member.actor, given));
                    assert!(!matches!(asked, Asked::Wrong(_)), "{}: {asked:?}", operation.name());
                    (seen(&asked, things), calls)
                };
                let missing = answer(&own.but(ty, &Things::missing(9_000 + tried)));
                compare(operation, ty, answer(&own.but(ty, &elsewhere)), missing);
            }
        }
        assert!(tried > 12, "{tried}");
    }
}
