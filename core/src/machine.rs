//! The state machines of the library as data: for diagrams, and for hosts that show what can be done next.
//!
//! ```
//! let request = handfast::machine::all().into_iter().find(|machine| machine.name == "request").unwrap();
//! let events: Vec<_> = request.from("pending").map(|step| step.event.as_str()).collect();
//! assert_eq!(events, ["approve", "reject", "withdraw", "expire"]);
//! assert!(request.mermaid().contains("pending --> approved: approve"));
//! ```

use std::fmt::{Display, Write};

use crate::{
    association::{self, AssociationEvent, AssociationState},
    company::{self, StaffEvent, StaffState, TrialEvent, TrialState},
    customer::{self, CustomerEvent, CustomerState},
    error::Result,
    invite::{self, LinkEvent, LinkState},
    mail::{self, MailEvent, MailState},
    one_use::{self, TicketEvent, TicketState},
    order::{self, OrderEvent, OrderState},
    partner::{
        self, DelegationEvent, DelegationState, DesignationEvent, DesignationState, PartnerEvent, PartnerStanding,
        PartnerState, StandingEvent,
    },
    privacy::{self, ErasureEvent, ErasureState},
    request::{self, RequestEvent, RequestState},
    session::{self, SessionEvent, SessionState},
    two_factor::{self, TwoFactorEvent, TwoFactorState},
};

/// One state machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// What it is about.
    pub name: &'static str,
    /// The state it begins in.
    pub begins: String,
    /// Every state.
    pub states: Vec<String>,
    /// Every step that changes the state; what is not here is refused, or changes nothing.
    pub steps: Vec<Step>,
}

/// One step of a state machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The state before.
    pub from: String,
    /// What happens.
    pub event: String,
    /// The state after.
    pub to: String,
}

/// Every state machine of the library, read off its transition function.
pub fn all() -> Vec<Machine> {
    vec![
        Machine::of("staff", StaffState::Invited, (StaffState::ALL, StaffEvent::ALL), company::next),
        Machine::of("invite link", LinkState::Active, (LinkState::ALL, LinkEvent::ALL), invite::next),
        Machine::of("one-use secret", TicketState::Live, (TicketState::ALL, TicketEvent::ALL), one_use::next),
        Machine::of("request", RequestState::Pending, (RequestState::ALL, RequestEvent::ALL), request::next),
        Machine::of("customer", CustomerState::Inactive, (CustomerState::ALL, CustomerEvent::ALL), customer::next),
        Machine::of(
            "association",
            AssociationState::Pending,
            (AssociationState::ALL, AssociationEvent::ALL),
            association::next,
        ),
        Machine::of("order", OrderState::Guest, (OrderState::ALL, OrderEvent::ALL), order::next),
        Machine::of("erasure", ErasureState::Erasing, (ErasureState::ALL, ErasureEvent::ALL), privacy::next),
        Machine::of("session", SessionState::Pending, (SessionState::ALL, SessionEvent::ALL), session::next),
        Machine::of("two-factor", TwoFactorState::Off, (TwoFactorState::ALL, TwoFactorEvent::ALL), two_factor::next),
        Machine::of("trial", TrialState::None, (TrialState::ALL, TrialEvent::ALL), company::next_trial),
        Machine::of("partner", PartnerState::Provisional, (PartnerState::ALL, PartnerEvent::ALL), partner::next),
        Machine::of(
            "partner standing",
            PartnerStanding::Good,
            (PartnerStanding::ALL, StandingEvent::ALL),
            partner::next_standing,
        ),
        Machine::of(
            "designation of a partner",
            DesignationState::Live,
            (DesignationState::ALL, DesignationEvent::ALL),
            partner::next_designation,
        ),
        Machine::of(
            "visit of a partner",
            DelegationState::Open,
            (DelegationState::ALL, DelegationEvent::ALL),
            partner::next_delegation,
        ),
        Machine::of("mail", MailState::Queued, (MailState::ALL, MailEvent::ALL), mail::next),
    ]
}

impl Machine {
    fn of<S: Copy + PartialEq + Display, E: Copy + Display>(
        name: &'static str,
        begins: S,
        (states, events): (&[S], &[E]),
        next: fn(S, E) -> Result<S>,
    ) -> Self {
        let each = states.iter().flat_map(|from| events.iter().map(move |event| (*from, *event)));
        let steps = each.filter_map(|(from, event)| {
            let to = next(from, event).ok().filter(|to| *to != from)?;
            Some(Step { from: from.to_string(), event: event.to_string(), to: to.to_string() })
        });
        let steps = steps.collect();
        Machine { name, begins: begins.to_string(), states: states.iter().map(ToString::to_string).collect(), steps }
    }

    /// The steps that lead out of a state.
    pub fn from<'a>(&'a self, state: &'a str) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(move |step| step.from == state)
    }

    /// The machine as a Mermaid state diagram.
    pub fn mermaid(&self) -> String {
        let mut diagram = format!("stateDiagram-v2\n    [*] --> {}\n", self.begins);
        for Step { from, event, to } in &self.steps {
            // writing to a string does not fail
            let _ = writeln!(diagram, "    {from} --> {to}: {event}");
        }
        for state in self.states.iter().filter(|state| self.from(state).next().is_none()) {
            let _ = writeln!(diagram, "    {state} --> [*]");
        }
        diagram
    }
}
