//! A company's trial: it begins at sign-up, and ends converted, cancelled or lapsed.

use super::{Companies, Company, Permission};
use crate::{
    actor::Actor,
    clock::Timestamp,
    error::{Code, Error, Result},
    event::EventKind,
    value::choices,
};

choices! {
    /// Where a company's trial stands.
    pub enum TrialState {
        /// It never had one.
        None = "none",
        /// It can try everything out.
        Running = "running",
        /// It stayed.
        Converted = "converted",
        /// Its time was over before it stayed; it can still stay.
        Lapsed = "lapsed",
        /// It called it off.
        Cancelled = "cancelled",
    }
}

choices! {
    /// What happens to a trial.
    pub enum TrialEvent {
        /// A time is set for it.
        Start = "start",
        /// Its time is taken away before it is over.
        Drop = "drop",
        /// The company stays.
        Convert = "convert",
        /// The company calls it off.
        Cancel = "cancel",
        /// Its time is over.
        Lapse = "lapse",
    }
}

/// The one transition function of trials. Errors: `wrong_state`.
pub fn next_trial(state: TrialState, event: TrialEvent) -> Result<TrialState> {
    use TrialEvent::{Cancel, Convert, Drop, Lapse, Start};
    use TrialState::{Cancelled, Converted, Lapsed, None, Running};
    match (state, event) {
        (None | Running | Lapsed, Start) => Ok(Running),
        (None | Running | Lapsed, Drop) => Ok(None),
        (Running | Lapsed, Convert) => Ok(Converted),
        (Running | Lapsed, Cancel) => Ok(Cancelled),
        (Running, Lapse) => Ok(Lapsed),
        // what is settled stays as it is, whatever the dates say
        (Converted | Cancelled, Start | Drop) => Ok(state),
        (None | Converted | Cancelled, Convert | Cancel) | (None | Lapsed | Converted | Cancelled, Lapse) => {
            Err(Error::new(Code::WrongState))
        }
    }
}

impl Company {
    /// Where the trial stands now: whose time is over has lapsed.
    pub fn trial_at(&self, now: Timestamp) -> TrialState {
        match self.trial_ends {
            Some(ends) if now >= ends => next_trial(self.trial, TrialEvent::Lapse).unwrap_or(self.trial),
            Some(_) | None => self.trial,
        }
    }

    /// The company as it is now.
    pub(super) fn seen_at(self, now: Timestamp) -> Self {
        Company { trial: self.trial_at(now), ..self }
    }

    /// Sets when the trial ends, or that it has none.
    pub(super) fn set_trial(&mut self, ends: Option<Timestamp>, now: Timestamp) -> Result<()> {
        if self.trial_ends == ends {
            return Ok(());
        }
        let event = if ends.is_some() { TrialEvent::Start } else { TrialEvent::Drop };
        self.trial = next_trial(self.trial_at(now), event)?;
        self.trial_started = self.trial_started.or(ends.map(|_| now));
        self.trial_ends = ends;
        Ok(())
    }
}

impl Companies<'_> {
    /// The company stays after its trial, also after it has lapsed. Who may: Admin.
    /// Errors: `role_too_low`, `not_found` (the host names no company), `wrong_state` (no trial to convert).
    pub fn convert_trial(&self, actor: Actor) -> Result<Company> {
        self.settle_trial(actor, TrialEvent::Convert)
    }

    /// Calls the trial off. Who may: Admin.
    /// Errors: `role_too_low`, `not_found` (the host names no company), `wrong_state` (no trial to cancel).
    pub fn cancel_trial(&self, actor: Actor) -> Result<Company> {
        self.settle_trial(actor, TrialEvent::Cancel)
    }

    fn settle_trial(&self, actor: Actor, event: TrialEvent) -> Result<Company> {
        self.0.change(|work| {
            let old = work.authorised(actor, Permission::ManageBilling, actor.company())?;
            let new = Company { trial: next_trial(old.trial_at(work.now()), event)?, ..old };
            work.put(&new);
            work.changed(new.id, actor, EventKind::TrialSettled, &new)?;
            Ok(new)
        })
    }
}
