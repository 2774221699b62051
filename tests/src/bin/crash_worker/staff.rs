use handfast::{
    company::{Role, StaffInput},
    mail::MailKind,
};
use handfast_tests::{PASSWORD, World};

use crate::{Worker, insist, say};

/// Brings someone to the staff, promotes and perhaps removes the person; now and then a company signs up.
pub(crate) fn bring_one(worker: &Worker, number: u64) {
    let (handfast, host, name) = (&worker.handfast, worker.host(), worker.new_name());
    let (role, email) = ([Role::Admin, Role::Staff][number as usize % 2], format!("{name}@people.example"));
    let input = StaffInput { email: email.clone(), name: "Nora Nube".into(), role };
    let staff = insist(|| handfast.staff().invite(host, &input)).unwrap().id;
    say(&format!("invited {staff}"));
    let token = worker.world.mailed(&email, MailKind::StaffInvited).token();
    insist(|| handfast.staff().accept(&token, Some(PASSWORD))).unwrap();
    say(&format!("joined {staff}"));
    insist(|| handfast.staff().set_role(host, staff, Role::ProcurementManager)).unwrap();
    say(&format!("promoted {staff}"));
    if number % 4 != 3 {
        insist(|| handfast.staff().remove(host, staff)).unwrap();
        say(&format!("removed {staff}"));
    }
    if number % 3 == 1 {
        let signed_up = insist(|| handfast.companies().sign_up(&World::sign_up_input(&name))).unwrap();
        say(&format!("signed_up {} {}", signed_up.company.id, signed_up.admin.id));
    }
}
