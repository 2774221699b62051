//! Rule 42: a company always has an Admin.

use handfast::{
    Actor, Code, Id,
    company::{Role, Staff, StaffInput, StaffState},
    event::EventKind,
    mail::MailKind,
    store::Paging,
};
use handfast_tests::{Firm, World, every_page, on_every_store, refusal};

fn people(world: &World, firm: &Firm) -> Vec<Staff> {
    every_page(|paging| world.staff().list(firm.host(), paging).unwrap())
}

/// The number of Admins that the company's row says, which must be the number there is.
fn admins(world: &World, firm: &Firm) -> i64 {
    let there_are = people(world, firm);
    let there_are = there_are.iter().filter(|staff| staff.state == StaffState::Active && staff.role == Role::Admin);
    let count = world.companies().get(firm.host()).unwrap().admins;
    assert_eq!(there_are.count(), usize::try_from(count).unwrap());
    count
}

fn row(world: &World, firm: &Firm, id: Id<Staff>) -> Staff {
    people(world, firm).into_iter().find(|staff| staff.id == id).unwrap()
}

on_every_store! {
    fn rule_42_the_last_admin_cannot_leave_be_removed_or_be_demoted(world: &World) {
        let firm = world.firm("Flora Export");
        for actor in [firm.admin, firm.host()] {
            assert_eq!(refusal(world.staff().remove(actor, firm.first)), Code::LastAdmin);
            for role in Role::ALL.iter().filter(|role| **role != Role::Admin) {
                assert_eq!(refusal(world.staff().set_role(actor, firm.first, *role)), Code::LastAdmin);
            }
        }
        assert_eq!(admins(world, &firm), 1);
    }

    fn rule_42_an_invited_admin_does_not_count_until_the_invitation_is_accepted(world: &World) {
        let firm = world.firm("Flora Export");
        let input = StaffInput { email: "eva@flora.example".into(), name: "Eva".into(), role: Role::Admin };
        let eva = world.staff().invite(firm.admin, &input).unwrap();
        let token = world.deliver().token();
        assert_eq!(refusal(world.staff().remove(firm.admin, firm.first)), Code::LastAdmin);
        world.staff().accept(&token, Some("eva has a good horse")).unwrap();
        assert_eq!(admins(world, &firm), 2);
        world.staff().remove(firm.admin, firm.first).unwrap();
        assert_eq!(admins(world, &firm), 1);
        let eva = (Actor::staff(eva.login, firm.company), eva.id);
        assert_eq!(refusal(world.staff().remove(eva.0, eva.1)), Code::LastAdmin);
    }

    fn rule_42_the_number_of_admins_is_right_after_every_change_of_the_staff(world: &World) {
        let firm = world.firm("Flora Export");
        let one = world.member(&firm, Role::Admin, "one@flora.example");
        let two = world.member(&firm, Role::Staff, "two@flora.example");
        assert_eq!(admins(world, &firm), 2);
        world.staff().set_role(firm.admin, two.staff, Role::Admin).unwrap();
        assert_eq!(admins(world, &firm), 3);
        world.staff().set_role(two.actor, one.staff, Role::FullAccess).unwrap();
        assert_eq!(admins(world, &firm), 2);
        world.staff().remove(one.actor, one.staff).unwrap();
        assert_eq!(admins(world, &firm), 2);
        world.staff().remove(two.actor, two.staff).unwrap();
        assert_eq!(admins(world, &firm), 1);
        let input = StaffInput { email: "two@flora.example".into(), name: "Two".into(), role: Role::Admin };
        world.staff().invite(firm.admin, &input).unwrap();
        let token = world.deliver().to("two@flora.example").token();
        world.staff().set_role(firm.admin, two.staff, Role::Staff).unwrap();
        world.staff().set_role(firm.admin, two.staff, Role::Admin).unwrap();
        assert_eq!(admins(world, &firm), 1);
        world.staff().accept(&token, None).unwrap();
        assert_eq!(admins(world, &firm), 2);
    }

    fn everyone_may_leave_and_nobody_may_remove_another_without_being_admin(world: &World) {
        let firm = world.firm("Flora Export");
        for (number, role) in Role::ALL.iter().enumerate() {
            let member = world.member(&firm, *role, &format!("member{number}@flora.example"));
            if *role != Role::Admin {
                assert_eq!(refusal(world.staff().remove(member.actor, firm.first)), Code::RoleTooLow);
            }
            world.staff().remove(member.actor, member.staff).unwrap();
            assert_eq!(row(world, &firm, member.staff).state, StaffState::Removed);
            assert_eq!(refusal(world.companies().get(member.actor)), Code::RoleTooLow);
            assert_eq!(refusal(world.staff().remove(member.actor, member.staff)), Code::RoleTooLow);
        }
        assert_eq!(refusal(world.staff().remove(firm.admin, row(world, &firm, firm.first).id)), Code::LastAdmin);
    }

    fn an_invited_person_may_do_nothing_yet(world: &World) {
        let firm = world.firm("Flora Export");
        let input = StaffInput { email: "eva@flora.example".into(), name: "Eva".into(), role: Role::Admin };
        let eva = world.staff().invite(firm.admin, &input).unwrap();
        let actor = Actor::staff(eva.login, firm.company);
        assert_eq!(refusal(world.companies().get(actor)), Code::RoleTooLow);
        assert_eq!(refusal(world.staff().list(actor, &Paging::default())), Code::RoleTooLow);
        assert_eq!(refusal(world.logins().authenticate("eva@flora.example", "")), Code::WrongPassword);
    }

    fn each_change_of_the_staff_is_told_to_whom_it_concerns(world: &World) {
        let firm = world.firm("Flora Export");
        assert_eq!(world.deliver().kinds(), [MailKind::CompanyWelcome]);
        let input = StaffInput { email: "eva@flora.example".into(), name: "Eva".into(), role: Role::Staff };
        world.tick();
        let eva = world.staff().invite(firm.admin, &input).unwrap();
        let post = world.deliver();
        assert_eq!((post.kinds(), post.recipients()), (vec![MailKind::StaffInvited], vec!["eva@flora.example".to_owned()]));
        world.tick();
        world.staff().accept(&post.token(), Some("eva has a good horse")).unwrap();
        world.tick();
        world.staff().set_role(firm.admin, eva.id, Role::SalesManager).unwrap();
        world.staff().set_role(firm.admin, eva.id, Role::SalesManager).unwrap();
        world.tick();
        world.staff().remove(firm.admin, eva.id).unwrap();
        let post = world.deliver();
        assert_eq!(post.kinds(), [MailKind::StaffAdded, MailKind::StaffRoleChanged, MailKind::StaffRemoved]);
        assert!(post.0.iter().all(|mail| mail.to == "eva@flora.example"));
        let told: Vec<_> = world.history(firm.admin).into_iter().map(|event| (event.what, event.login)).collect();
        let (ada, eva) = (firm.admin.login(), Some(eva.login));
        assert_eq!(told, [
            (EventKind::CompanySignedUp, ada),
            (EventKind::StaffInvited, ada),
            (EventKind::StaffJoined, eva),
            (EventKind::StaffRoleChanged, ada),
            (EventKind::StaffRemoved, ada),
        ]);
        assert_eq!(refusal(world.staff().invite(firm.admin, &StaffInput { email: firm.email.clone(), ..input })), Code::AlreadyStaff);
    }
}
