//! Role by operation: who may, may; who may not is told so, and learns nothing else.

use handfast::{Actor, Code, company::Role};
use handfast_tests::{Ground, World, on_every_store};

use crate::{
    arguments::{Things, arguments},
    ask_as, code, door, of_roles,
};

on_every_store! {
    fn every_role_may_what_the_table_says_and_nothing_else(world: &World) {
        let (firm, door) = (world.firm("Flora Export"), door(world));
        let members: Vec<_> = Role::ALL
            .iter()
            .map(|role| (*role, world.member(&firm, *role, &format!("{role}@flora.example")).actor))
            .collect();
        for (operation, permission) in of_roles() {
            // who may not asks first, while there is something to do
            let (may, may_not): (Vec<_>, Vec<_>) = members.iter().partition(|(role, _)| role.may(permission));
            let things = Things::of(world, &firm);
            for (role, actor) in may_not {
                let given = arguments(operation, &things);
                let (asked, committed) = world.store.committed(|| ask_as(&door, operation, actor, given));
                assert_eq!(code(&asked, operation), Some(Code::RoleTooLow), "{role}: {}", operation.name());
                assert!(committed.is_empty(), "{role}: {}", operation.name());
            }
            for (role, actor) in may {
                let asked = ask_as(&door, operation, actor, arguments(operation, &things));
                assert_ne!(code(&asked, operation), Some(Code::RoleTooLow), "{role}: {}", operation.name());
            }
            let asked = ask_as(&door, operation, firm.host(), arguments(operation, &things));
            assert_ne!(code(&asked, operation), Some(Code::RoleTooLow), "the host: {}", operation.name());
        }
    }

    fn whoever_does_not_work_here_may_nothing(world: &World) {
        let (firm, other, door) = (world.firm("Flora Export"), world.firm("Frutas del Sur"), door(world));
        let left = world.member(&firm, Role::Admin, "left@flora.example");
        world.staff().remove(firm.host(), left.staff).unwrap();
        let things = Things::of(world, &firm);
        let strangers = [
            ("an Admin of another company", Actor::staff(other.admin.login().unwrap(), firm.company)),
            ("one who left", left.actor),
            ("nobody", Actor::staff(Ground::missing(1).staff.cast(), firm.company)),
        ];
        for (operation, _) in of_roles() {
            for (who, actor) in strangers {
                let asked = ask_as(&door, operation, actor, arguments(operation, &things));
                assert_eq!(code(&asked, operation), Some(Code::RoleTooLow), "{who}: {}", operation.name());
            }
        }
    }
}
