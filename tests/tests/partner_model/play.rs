//! One sequence, played on both.

use std::collections::BTreeSet;

use handfast::{
    course::Rebuilt,
    partner::{DelegationState, LinkOrigin},
};
use handfast_tests::StoreKind;

use crate::{
    acts::{Account, Act, DEVICES},
    compare::{all_the_same, equal},
    model::{Context, Model, Progress},
    real::Real,
    stage::Stage,
};

/// What must be seen in some sequences, lest they prove little.
pub(crate) const WORDS: [&str; 8] = [
    "certified",
    "entered",
    "facts while behind",
    "kept by a later version",
    "left by a session",
    "referred",
    "shut out of a visit",
    "tandem",
];

/// The model and the library, side by side.
pub(crate) struct Play {
    pub(crate) model: Model,
    pub(crate) real: Real,
    seen: BTreeSet<&'static str>,
}

/// Why they differ, or what was seen.
pub(crate) type Outcome<T> = Result<T, String>;

impl Play {
    pub(crate) fn new(kind: StoreKind) -> Self {
        Play { model: Model::new(Stage::get()), real: Real::new(kind), seen: BTreeSet::new() }
    }

    /// Plays a whole sequence; gives what was seen.
    pub(crate) fn all(mut self, acts: &[Act]) -> Outcome<Vec<&'static str>> {
        self.acts(acts)?;
        self.rebuild()?;
        Ok(self.seen.into_iter().collect())
    }

    /// Plays the acts.
    pub(crate) fn acts(&mut self, acts: &[Act]) -> Outcome<()> {
        for (step, act) in acts.iter().enumerate().filter(|(_, act)| **act != Act::Rest) {
            let (should, is) = (self.model.act(act), self.real.act(act));
            let name = format!("step {step}, {act:?}");
            equal(&name, &is, &should)?;
            all_the_same(&mut self.model, &self.real, step).map_err(|why| format!("after {name}: {why}"))?;
            self.note();
            // nothing happens at one moment, so that what is before is told from what is after
            self.model.now += 1;
            self.real.world.tick();
        }
        Ok(())
    }

    fn note(&mut self) {
        let model = &self.model;
        let links = || model.companies.iter().filter_map(|company| company.link);
        let shut_out = |visit: usize| {
            let session = model.visit_session(visit);
            let held = model.sessions[session].identities.iter();
            held.filter(|identity| identity.context == Context::Visit(visit))
                .any(|identity| model.is_usable(session, identity).is_err())
        };
        let kept = |account: &Progress| account.done.len() > model.page(None, account).0.len();
        let seen = [
            ("certified", model.partners.iter().any(|partner| partner.certified.is_some())),
            ("entered", !model.visits.is_empty()),
            ("facts while behind", model.partners.iter().any(|partner| partner.progress.waiting > 0)),
            ("kept by a later version", model.partners.iter().any(|partner| kept(&partner.progress))),
            ("left by a session", model.visits.iter().any(|visit| visit.state == DelegationState::Left)),
            ("referred", links().any(|link| link.origin == LinkOrigin::Referral)),
            ("shut out of a visit", (0..model.visits.len()).any(shut_out)),
            ("tandem", model.partners.iter().any(|partner| partner.progress.tandem.is_some())),
        ];
        self.seen.extend(seen.iter().filter(|(_, seen)| *seen).map(|(word, _)| *word));
    }

    /// Computes all progress anew: it is what is stored (and the last acts left accounts behind, who come up by this).
    pub(crate) fn rebuild(&mut self) -> Outcome<()> {
        if self.model.editions.is_empty() {
            return Ok(());
        }
        for account in self.model.accounts() {
            self.model.move_on(account);
            let rebuilt = self.rebuilt(account);
            let completed: BTreeSet<_> = rebuilt.completed.iter().map(|key| key.as_str()).collect();
            let name = format!("rebuilding {account:?}");
            equal(&name, &completed, &self.model.progress(account).done)?;
            equal(&name, &(&rebuilt.added[..], &rebuilt.unfounded[..]), &(&[][..], &[][..]))?;
        }
        for device in 0..DEVICES {
            all_the_same(&mut self.model, &self.real, device).map_err(|why| format!("after all was rebuilt: {why}"))?;
        }
        Ok(())
    }

    pub(crate) fn rebuilt(&self, account: Account) -> Rebuilt {
        let courses = self.real.world.courses();
        match account {
            Account::Company(company) => courses.rebuild_company(self.real.firms[company].company).unwrap(),
            Account::Partner(partner) => courses.rebuild_partner(self.real.agencies[partner].partner).unwrap(),
        }
    }
}
