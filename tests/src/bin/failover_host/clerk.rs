use handfast::{Actor, Clock as _, Handfast, Id, SystemClock, company::Company};
use handfast_tests::{ledger::Pen, order};

use crate::{Host, pause, say};

/// Records order after order by the library's own verb, each until it is acknowledged.
pub(crate) fn record(host: &Host, handfast: &Handfast, company: Id<Company>, pen: Pen) {
    for number in host.numbers() {
        let name = format!("{}-{number}", pen.0);
        let input = order(&name, "buyer@rosas.example", SystemClock.now());
        while let Err(error) = handfast.orders().record(Actor::host(company), &input) {
            assert!(error.retryable(), "{error:?}");
            say(&format!("error {} {}", pen.0, error.code()));
            pause();
        }
        say(&format!("ordered {} {number}", pen.0));
    }
}
