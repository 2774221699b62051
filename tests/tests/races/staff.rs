use handfast::{
    Code,
    company::{Role, StaffInput, StaffState},
};
use handfast_tests::{CROWD, Firm, Member, World, crowd, every_page, on_every_store};

use crate::{assert_won, outcome};

/// Admins there are, which must be the number that the company's row says.
fn admins(world: &World, firm: &Firm) -> usize {
    let staff = every_page(|paging| world.staff().list(firm.host(), paging).unwrap());
    let admins = staff.iter().filter(|staff| staff.state == StaffState::Active && staff.role == Role::Admin).count();
    assert_eq!(world.companies().get(firm.host()).unwrap().admins, i64::try_from(admins).unwrap());
    admins
}

fn first(firm: &Firm) -> Member {
    Member { actor: firm.admin, staff: firm.first }
}

on_every_store! {
    fn two_admins_who_remove_each_other_leave_one(world: &World) {
        let firm = world.firm("Flora Export");
        let pair = [first(&firm), world.member(&firm, Role::Admin, "eva@flora.example")];
        let results = crowd(|at| world.staff().remove(pair[at % 2].actor, pair[1 - at % 2].staff));
        let (won, refused) = outcome(&results);
        assert_eq!((won, admins(world, &firm)), (1, 1), "{refused:?}");
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            assert!(matches!(error.code(), Code::RoleTooLow | Code::WrongState), "{error}");
        }
    }

    fn two_admins_who_both_leave_cannot_both(world: &World) {
        let firm = world.firm("Flora Export");
        let pair = [first(&firm), world.member(&firm, Role::Admin, "eva@flora.example")];
        let results = crowd(|at| world.staff().remove(pair[at % 2].actor, pair[at % 2].staff));
        let (won, refused) = outcome(&results);
        assert_eq!((won, admins(world, &firm)), (1, 1), "{refused:?}");
        assert_eq!((refused["last_admin"], refused["role_too_low"]), (CROWD / 2, CROWD / 2 - 1));
    }

    fn admins_who_demote_one_another_leave_one(world: &World) {
        let firm = world.firm("Flora Export");
        let mut all = vec![first(&firm)];
        all.extend((0..3).map(|at| world.member(&firm, Role::Admin, &format!("admin{at}@flora.example"))));
        let results = crowd(|at| world.staff().set_role(firm.host(), all[at % 4].staff, Role::Staff));
        assert_eq!(admins(world, &firm), 1);
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            assert_eq!(error.code(), Code::LastAdmin);
        }
        assert_eq!(outcome(&results).1["last_admin"], CROWD / 4);
    }

    fn one_person_is_invited_once_though_asked_from_all_sides(world: &World) {
        let firm = world.firm("Flora Export");
        let input = StaffInput { email: "eva@flora.example".into(), name: "Eva".into(), role: Role::Admin };
        let invited = crowd(|_| world.staff().invite(firm.admin, &input).unwrap());
        assert!(invited.iter().all(|staff| (staff.id, staff.login) == (invited[0].id, invited[0].login)));
        // each invitation kills the one before: one of the links is live
        let post = world.deliver();
        assert_eq!(post.len(), CROWD + 1);
        let tokens: Vec<_> = post.0.iter().filter(|mail| mail.to == "eva@flora.example").collect();
        let results: Vec<_> = tokens
            .iter()
            .map(|mail| {
                let token = handfast_tests::Post(vec![(*mail).clone()]).token();
                world.staff().accept(&token, Some(handfast_tests::PASSWORD))
            })
            .collect();
        assert_won(&results, 1, Code::UnknownToken);
        assert_eq!(admins(world, &firm), 2);
    }

    fn a_name_is_added_to_a_list_once(world: &World) {
        let firm = world.firm("Flora Export");
        let spellings = ["Retail", "RETAIL", "Rétail", "retail "];
        let results = crowd(|at| world.price_types().add(firm.admin, spellings[at % 4]));
        assert_won(&results, 1, Code::AlreadyThere);
        assert_eq!(every_page(|paging| world.price_types().list(firm.admin, paging).unwrap()).len(), 1);
    }
}
