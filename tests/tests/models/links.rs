//! The invite links of a company: one that counts, and those that it replaced.

use handfast::{
    Code,
    invite::{LinkStanding, LinkState},
};
use handfast_tests::World;
use proptest::prelude::*;

use crate::{cases, store};

#[derive(Clone, Copy, Debug)]
enum Act {
    Disable,
    Enable,
    Replace,
    Open(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![Just(Act::Disable), Just(Act::Enable), Just(Act::Replace), (0..5_usize).prop_map(Act::Open)]
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn links_do_what_the_model_says(kind in store(), acts in prop::collection::vec(act(), 1..20)) {
        let world = World::new(kind);
        let firm = world.firm("Flora Export");
        let (mut links, mut opened) = (vec![(firm.slug.clone(), LinkStanding::Open)], 0);
        for (round, act) in acts.into_iter().enumerate() {
            let newest = links.last_mut().unwrap();
            match act {
                Act::Disable => {
                    prop_assert_eq!(world.invites().disable(firm.admin).unwrap().state, LinkState::Disabled);
                    newest.1 = LinkStanding::Disabled;
                }
                Act::Enable => {
                    prop_assert_eq!(world.invites().enable(firm.admin).unwrap().state, LinkState::Active);
                    newest.1 = LinkStanding::Open;
                }
                Act::Replace => {
                    newest.1 = LinkStanding::Replaced;
                    let link = world.invites().replace(firm.admin).unwrap();
                    prop_assert_eq!(link.state, LinkState::Active);
                    links.push((link.slug.to_string(), LinkStanding::Open));
                }
                Act::Open(at) => {
                    let (slug, standing) = &links[at % links.len()];
                    opened += 1;
                    prop_assert_eq!(world.invites().open(slug).unwrap().standing, *standing);
                }
            }
            prop_assert_eq!(&world.invites().link(firm.admin).unwrap().slug.to_string(), &links.last().unwrap().0);
            prop_assert_eq!(world.invites().funnel(firm.admin).unwrap().opened, opened);
            for (at, (slug, standing)) in links.iter().enumerate() {
                let started = world.invites().start(slug, &format!("buyer{round}x{at}@rosas.example"), None);
                let code = started.err().map(|error| error.code());
                prop_assert_eq!(code, match standing {
                    LinkStanding::Open => None,
                    LinkStanding::Disabled => Some(Code::LinkDisabled),
                    LinkStanding::Replaced => Some(Code::LinkReplaced),
                });
            }
        }
    }
}
