//! The kinds of jobs that are measured.

use crate::dataset::Stock;

macro_rules! operations {
    ($($Operation:ident = $name:literal),+ $(,)?) => {
        /// A kind of job.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Operation {
            $($Operation),+
        }

        impl Operation {
            pub(crate) const ALL: &[Operation] = &[$(Operation::$Operation),+];

            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Operation::$Operation => $name),+
                }
            }
        }
    };
}

operations! {
    Submit = "submit",
    Approve = "approve",
    Activate = "activate",
    ActivateInCourse = "activate_in_course",
    CanOrder = "can_order",
    Resolve = "resolve",
    ListRequests = "list_requests",
    ListCustomers = "list_customers",
    Search = "search",
    SearchCommon = "search_common",
    Signal = "signal",
    SignalOne = "signal_one",
    BatchOne = "batch_one",
    BatchMany = "batch_many",
    Clients = "clients",
    ClientsByAge = "clients_by_age",
    ClientsSearch = "clients_search",
    LogIn = "log_in",
    ResolveVisit = "resolve_visit",
}

impl Operation {
    /// A company that has `size` of what this operation looks through.
    pub(crate) fn stock(self, size: u64) -> Stock {
        match self {
            Operation::Resolve => Stock::of_sessions(size),
            Operation::ActivateInCourse => Stock::in_course(size),
            _ if self.in_course() => Stock::of_clients(size),
            _ => Stock::of_customers(size),
        }
    }

    /// Whether a course is published where it is measured.
    pub(crate) const fn in_course(self) -> bool {
        use Operation::{
            ActivateInCourse, BatchMany, BatchOne, Clients, ClientsByAge, ClientsSearch, LogIn, ResolveVisit, Signal,
            SignalOne,
        };
        matches!(
            self,
            ActivateInCourse
                | Signal
                | SignalOne
                | BatchOne
                | BatchMany
                | Clients
                | ClientsByAge
                | ClientsSearch
                | LogIn
                | ResolveVisit
        )
    }

    /// Whether each job can be done only once.
    pub(crate) const fn writes(self) -> bool {
        use Operation::{Activate, ActivateInCourse, Approve, BatchMany, BatchOne, LogIn, Signal, SignalOne, Submit};
        matches!(
            self,
            Submit | Approve | Activate | ActivateInCourse | Signal | SignalOne | BatchOne | BatchMany | LogIn
        )
    }

    /// How many usual jobs one of these is worth: fewer are done in a round.
    pub(crate) const fn weight(self) -> usize {
        if matches!(self, Operation::BatchOne | Operation::BatchMany) { 20 } else { 1 }
    }
}
