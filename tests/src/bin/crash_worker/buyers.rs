use handfast::{
    Id, Result,
    customer::{Customer, PricingInput},
    mail::MailKind,
    request::{BulkDecision, Decision, Outcome, Request, Verdict},
};
use handfast_tests::business;

use crate::{Worker, insist, say};

/// Brings one visitor through the link, and then whatever is next by its number.
pub(crate) fn bring_one(worker: &Worker, number: u64) {
    let (handfast, host) = (&worker.handfast, worker.host());
    let (pass, request) = filed(worker);
    match number % 8 {
        0 | 1 => {
            let approved = insist(|| handfast.requests().approve(host, request, &Decision::default())).unwrap();
            say(&format!("approved {request} {}", approved.customer.id));
            set_up(worker, approved.customer.id, number);
        }
        2 => {
            insist(|| handfast.requests().reject(host, request, &Decision::default())).unwrap();
            say(&format!("rejected {request}"));
            say("did requests.reject");
        }
        3 => {
            insist(|| handfast.invites().withdraw(&pass)).unwrap();
            say(&format!("withdrawn {request}"));
        }
        4 => decide_many(worker, vec![request, filed(worker).1]),
        _ => {}
    }
    worker.world.help_to_deliver();
}

/// Somebody new who files a request.
fn filed(worker: &Worker) -> (String, Id<Request>) {
    let (handfast, email) = (&worker.handfast, format!("{}@buyers.example", worker.new_name()));
    let invites = handfast.invites();
    invites.open(&worker.slug).unwrap();
    say("opened");
    let visit = insist(|| invites.start(&worker.slug, &email, None)).unwrap().visit;
    say(&format!("started {visit}"));
    let code = worker.world.mailed(&email, MailKind::VisitorCode).code();
    let pass = insist(|| invites.verify(visit, &code)).unwrap().pass.expose().to_owned();
    say(&format!("verified {visit}"));
    let request = insist(|| invites.submit(&pass, &business())).unwrap().id;
    say(&format!("submitted {request} {visit}"));
    (pass, request)
}

/// The three steps, in an order that depends on the number, each with its word; then some are kept out again.
fn set_up(worker: &Worker, customer: Id<Customer>, number: u64) {
    let (handfast, host, name) = (&worker.handfast, worker.host(), worker.new_name());
    let price_type = insist(|| handfast.price_types().add(host, &format!("Price {name}"))).unwrap().id;
    say(&format!("priced_at {price_type}"));
    let carrier = insist(|| handfast.carriers().add(host, &format!("Carrier {name}"))).unwrap().id;
    say(&format!("carried_by {carrier}"));
    let customers = handfast.customers();
    let did = |word: &str, step: &dyn Fn() -> Result<Customer>| {
        let done = insist(step).unwrap();
        say(&format!("{word} {customer}"));
        if done.ready.is_some() {
            say(&format!("ready {customer}"));
        }
    };
    for step in 0..3 {
        match (step + number) % 3 {
            0 => did("activated", &|| customers.activate(host, customer)),
            1 => did("priced", &|| customers.set_pricing(host, customer, &PricingInput::of(price_type))),
            _ => did("serviced", &|| customers.set_service(host, customer, &[("friday".into(), carrier)])),
        }
    }
    if number.is_multiple_of(3) {
        did("deactivated", &|| customers.deactivate(host, customer));
        did("blocked", &|| customers.block(host, customer));
    }
}

/// Decides several requests at once. What was asked is said before as well: a call that is cut short must be able to
/// go on.
fn decide_many(worker: &Worker, requests: Vec<Id<Request>>) {
    let (host, key) = (worker.host(), worker.new_name());
    let asked: Vec<_> = requests.iter().map(ToString::to_string).collect();
    let input = BulkDecision { requests, verdict: Verdict::Approve, decision: Decision::default() };
    say(&format!("asking {key} {}", asked.join(" ")));
    for row in insist(|| worker.handfast.requests().decide_many(host, &key, &input)).unwrap() {
        let Outcome::Approved { customer } = row.outcome else { panic!("{row:?}") };
        say(&format!("approved {} {customer}", row.request));
    }
}
