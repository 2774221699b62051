//! What a row becomes once the person whom it told of is erased.

use serde_json::{Value, json};
use uuid::Uuid;

use super::card::{Card, Instead};
use crate::{
    course::Signal,
    error::Result,
    event::{Event, Snapshot},
    id::Id,
    mail::Mail,
    store::{Cell, Record},
};

/// What a person is called who is erased: in every language the same, so that it is known for what it is.
const WORD: &str = "Erased";
/// Five zeros: the least that is a number, and nobody's.
const PHONE: &str = "00000";

/// What stands where a person's address was. The domain `.invalid` takes no mail, for good (RFC 2606, 2), and the id makes
/// it nobody else's: rows of one person stay together by it.
#[derive(Clone, Debug)]
pub(super) struct StandIn(String);

impl StandIn {
    pub(super) fn of<T>(id: Id<T>) -> Self {
        StandIn(format!("erased-{id}@erased.invalid"))
    }

    fn of_column(&self, instead: Instead, cell: Cell) -> Cell {
        match (instead, cell) {
            // what was never there stays away
            (_, Cell::Null) | (Instead::Nothing, _) => Cell::Null,
            (Instead::Word, _) => Cell::Text(WORD.to_owned()),
            (Instead::Email, _) => Cell::Text(self.0.clone()),
            (Instead::Phone, _) => Cell::Text(PHONE.to_owned()),
            (Instead::Place, cell) => place(&cell),
            (Instead::List, _) => Cell::Text("[]".to_owned()),
            (Instead::Map | Instead::Details, _) => Cell::Text("{}".to_owned()),
            (Instead::Row, cell) => cell,
        }
    }
}

/// A postal address of which the country is left.
fn place(cell: &Cell) -> Cell {
    let country =
        cell.read_json::<Value>("PostalAddress").ok().and_then(|mut place| Some(place.get_mut("country")?.take()));
    Cell::json(&json!({ "line1": WORD, "city": WORD, "country": country }))
}

/// A record without what its card says of a person. Errors: `corrupt`.
pub(super) fn wiped<T: Record>(record: &T, stand_in: &StandIn) -> Result<T> {
    let card = Card::of(T::TABLE);
    let instead = |column: &str| card.and_then(|card| card.instead(column));
    let cells = T::TABLE.columns.iter().zip(record.cells()).map(|(column, cell)| match instead(column.name) {
        Some(instead) => stand_in.of_column(instead, cell),
        None => cell,
    });
    T::load(&cells.collect::<Vec<_>>())
}

/// An event that keeps the fact, and of its details what the card of its subject calls plain.
pub(super) fn bare_event(event: Event) -> Event {
    let card = Card::named(&event.subject_kind);
    let bare = |details: Option<Snapshot>| {
        let kept = details?.0.into_iter().filter(|(name, _)| keeps(card, name));
        Some(Snapshot(kept.collect()))
    };
    Event { address: None, before: bare(event.before), after: bare(event.after), ..event }
}

/// A signal that keeps the fact alike.
pub(super) fn bare_signal(signal: Signal) -> Signal {
    let kind = subject_of(&signal).0;
    let card = kind.as_deref().and_then(Card::named);
    let stays = |name: &str| matches!(name, "subject_kind" | "subject") || keeps(card, name);
    Signal { fields: signal.fields.only(stays), ..signal }
}

/// The table and the id of what a signal is about, if it says so.
pub(super) fn subject_of(signal: &Signal) -> (Option<String>, Option<Uuid>) {
    let field =
        |name: &str| signal.fields.iter().find(|(known, _)| known.as_str() == name).map(|(_, value)| value.written());
    (field("subject_kind"), field("subject").and_then(|id| id.parse().ok()))
}

/// A mail that keeps that it was sent, when, of which kind and where it led; to whom only when that is `another`.
pub(super) fn bare_mail(mail: &Mail, stand_in: &StandIn, another: bool) -> Result<Mail> {
    let mut content = mail.content.0.clone();
    content.retain(|name, _| matches!(name.as_str(), "link" | "company"));
    let bare = Mail { content: Snapshot(content), ..wiped(mail, stand_in)? };
    Ok(match another {
        true => Mail {
            recipient: mail.recipient.clone(),
            recipient_name: mail.recipient_name.clone(),
            address: mail.address.clone(),
            ..bare
        },
        false => bare,
    })
}

/// What no card knows is not kept.
fn keeps(card: Option<&Card>, name: &str) -> bool {
    card.is_some_and(|card| card.keeps(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{example, store::Memory, value::EmailAddress};

    #[test]
    fn a_wiped_record_is_read_as_one_and_keeps_its_facts() {
        let handfast = crate::Handfast::builder(Memory::new()).build().unwrap();
        let (admin, customer) = example::approved_customer(&handfast).unwrap();
        let customer = handfast.customers().get(admin, customer).unwrap();
        let request = handfast.requests().get(admin, customer.request.unwrap()).unwrap();
        let stand_in = StandIn::of(customer.id);
        let bare = wiped(&customer, &stand_in).unwrap();
        assert_eq!((bare.id, bare.state, bare.created), (customer.id, customer.state, customer.created));
        assert_eq!((bare.legal_name.as_str(), bare.phone, bare.billing), (WORD, None, None));
        assert_eq!(EmailAddress::parse(&bare.address).unwrap(), bare.email);
        let bare = wiped(&request, &stand_in).unwrap();
        assert_eq!(bare.billing.country, request.billing.country);
        assert_eq!((bare.billing.city.as_str(), bare.phone.as_str()), (WORD, PHONE));
    }
}
