use std::sync::{Arc, OnceLock};

use handfast::{Policy, Timestamp, store::Changes};
use handfast_tests::{Agency, Firm, StoreKind, World};

use crate::{
    acts::{DEVICES, FIRST_COMPANIES, PARTNERS},
    model::MOST,
};

/// Two partner accounts and three companies, made once; laid out on every store by committing again what was committed
/// then.
pub(crate) struct Stage {
    pub(crate) history: Vec<Arc<Changes>>,
    /// What the clock shows, in milliseconds.
    pub(crate) now: u64,
    /// The same as a moment.
    pub(crate) at: Timestamp,
    /// When each partner's owner turned two-factor on.
    pub(crate) factors: Vec<u64>,
    pub(crate) agencies: Vec<Agency>,
    pub(crate) firms: Vec<Firm>,
    /// What each device holds, and since when.
    pub(crate) devices: Vec<(String, u64)>,
}

/// A moment in milliseconds.
pub(crate) fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.millis()).expect("after 1970")
}

/// The name of a company; in the order of their numbers.
pub(crate) fn name(company: usize) -> String {
    format!("Company {company}")
}

impl Stage {
    pub(crate) fn get() -> &'static Stage {
        static STAGE: OnceLock<Stage> = OnceLock::new();
        STAGE.get_or_init(Stage::new)
    }

    /// The policy it is played under.
    pub(crate) fn policy(policy: &mut Policy) {
        policy.session_identities = u32::try_from(MOST).expect("small");
    }

    fn new() -> Self {
        let world = World::with(StoreKind::Memory, Stage::policy);
        let careful = |at: usize| (millis(world.now()), world.careful_agency(&format!("Agency {at}")));
        let (factors, agencies): (Vec<_>, Vec<_>) = (0..PARTNERS).map(careful).unzip();
        let firms = (0..FIRST_COMPANIES).map(|at| world.firm(&name(at))).collect();
        let signed_in = |device: usize| {
            // the clock stands where the next code can be given, before this one is
            (world.signed_in_again(&agencies[device / 2]), millis(world.now()))
        };
        let devices = (0..DEVICES).map(signed_in).collect();
        world.tick();
        let (history, at) = (world.store.history(), world.now());
        Stage { history, now: millis(at), at, factors, agencies, firms, devices }
    }
}
