//! The staff machine, and the number of Admins.

use handfast::{
    Code, Id,
    company::{Role, Staff, StaffInput, StaffState},
};
use handfast_tests::{PASSWORD, World, every_page};
use proptest::prelude::*;

use crate::{cases, store};

const PEOPLE: usize = 3;

#[derive(Clone, Copy, Debug)]
enum Act {
    Invite(usize, Role),
    Accept(usize),
    SetRole(usize, Role),
    Remove(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let role = || prop::sample::select(vec![Role::Admin, Role::Admin, Role::Staff, Role::FullAccess]);
    prop_oneof![
        (1..PEOPLE, role()).prop_map(|(person, role)| Act::Invite(person, role)),
        (1..PEOPLE).prop_map(Act::Accept),
        (0..PEOPLE, role()).prop_map(|(person, role)| Act::SetRole(person, role)),
        (0..PEOPLE).prop_map(Act::Remove),
    ]
}

/// A person as the model knows it, with the token of the newest invitation.
#[derive(Clone, Debug)]
struct Person {
    id: Id<Staff>,
    state: StaffState,
    role: Role,
    token: String,
}

fn is_admin(person: &Person) -> bool {
    person.state == StaffState::Active && person.role == Role::Admin
}

fn admins(people: &[Option<Person>]) -> usize {
    people.iter().flatten().filter(|person| is_admin(person)).count()
}

/// What the model says of `person` becoming `next`.
fn changed(people: &mut [Option<Person>], person: usize, next: Person) -> Result<(), Code> {
    let last = people[person].as_ref().is_some_and(is_admin) && admins(people) == 1;
    if last && !is_admin(&next) {
        return Err(Code::LastAdmin);
    }
    people[person] = Some(next);
    Ok(())
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn the_staff_does_what_the_model_says(kind in store(), acts in prop::collection::vec(act(), 1..30)) {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        let first = Person { id: firm.first, state: StaffState::Active, role: Role::Admin, token: String::new() };
        let mut people: Vec<Option<Person>> = vec![None; PEOPLE];
        people[0] = Some(first);
        for act in acts {
            let host = firm.host();
            let (is, should) = match act {
                Act::Invite(at, role) => {
                    let email = format!("person{at}@flora.example");
                    let input = StaffInput { email: email.clone(), name: "Person".into(), role };
                    let invited = world.staff().invite(host, &input);
                    let should = match &people[at] {
                        Some(known) if known.state == StaffState::Active => Err(Code::AlreadyStaff),
                        _ => Ok(()),
                    };
                    if let Ok(staff) = &invited {
                        let token = world.deliver().to(&email).token();
                        people[at] = Some(Person { id: staff.id, state: StaffState::Invited, role, token });
                    }
                    (invited.map(drop), should)
                }
                Act::Accept(at) => {
                    let Some(person) = people[at].clone() else { continue };
                    let should = match person.state {
                        StaffState::Invited => Ok(()),
                        StaffState::Active | StaffState::Removed => Err(Code::TokenSpent),
                    };
                    let accepted = world.staff().accept(&person.token, Some(PASSWORD));
                    if should.is_ok() {
                        people[at] = Some(Person { state: StaffState::Active, ..person });
                    }
                    (accepted.map(drop), should)
                }
                Act::SetRole(at, role) => {
                    let Some(person) = people[at].clone() else { continue };
                    let should = match person.state {
                        StaffState::Removed => Err(Code::WrongState),
                        _ => changed(&mut people, at, Person { role, ..person.clone() }),
                    };
                    (world.staff().set_role(host, person.id, role).map(drop), should)
                }
                Act::Remove(at) => {
                    let Some(person) = people[at].clone() else { continue };
                    let should = match person.state {
                        StaffState::Removed => Err(Code::WrongState),
                        _ => changed(&mut people, at, Person { state: StaffState::Removed, ..person.clone() }),
                    };
                    (world.staff().remove(host, person.id), should)
                }
            };
            prop_assert_eq!(is.map_err(|error| error.code()), should, "{:?}", act);
            let staff = every_page(|paging| world.staff().list(host, paging).unwrap());
            for person in people.iter().flatten() {
                let row = staff.iter().find(|staff| staff.id == person.id).unwrap();
                prop_assert_eq!((row.state, row.role), (person.state, person.role));
            }
            let count = world.companies().get(host).unwrap().admins;
            prop_assert_eq!(usize::try_from(count).unwrap(), admins(&people));
            prop_assert!(count >= 1);
        }
    }
}
