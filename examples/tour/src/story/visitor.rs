use handfast::{
    request::{BusinessInput, RequestView},
    value::PostalAddressInput,
};
use serde_json::{Map, Value};

use super::{Result, Tour};
use crate::letters;

/// A visitor who filed: what only this visitor holds, and the request.
pub(super) struct Filed {
    pub(super) pass: String,
    pub(super) request: RequestView,
}

impl Tour {
    /// Bea, who makes every mistake there is.
    pub(super) fn first_visitor(&mut self, slug: &str) -> Result<Filed> {
        self.narrator.chapter("What your customers see");
        let email = self.numbered("bea@rosas.example");
        let opened = self.handfast.invites().open(slug)?;
        self.narrator.say(format!("Bea Rosas scans the code on a flyer: \"Become a customer of {}\".", opened.company));
        self.narrator.say(format!("She gives her address, {email}, and is sent a code."));
        let pass = self.verify_at_the_second_try(slug, &email)?;
        let mut input = business(&self.numbered("Rosas del Valle"), "Bea Rosas", "Quito");
        self.faulty_details(&pass, &input)?;
        input.website = Some("rosas.example/tienda".into());
        input.message = Some("We have three shops and buy every Monday and Thursday.".into());
        let request = self.handfast.invites().submit(&pass, &input)?;
        self.narrator.say("She corrects them all and submits. Now it is the company's turn:");
        self.deliver()?;
        if let Err(error) = self.handfast.invites().submit(&pass, &input) {
            self.narrator.say(format!(
                "She submits again, to be sure. Refused: {} ({}).",
                error.message(),
                error.code()
            ));
        }
        Ok(Filed { pass, request })
    }

    fn verify_at_the_second_try(&mut self, slug: &str, email: &str) -> Result<String> {
        let started = self.handfast.invites().start(slug, email, Some("en"))?;
        let code = self.mailed_code()?;
        let mistyped = mistyped(&code);
        if let Err(error) = self.handfast.invites().verify(started.visit, &mistyped) {
            self.narrator.say(format!("She types {mistyped}. Refused: {} ({}).", error.message(), error.code()));
        }
        let verified = self.handfast.invites().verify(started.visit, &code)?;
        let until = verified.expires.to_utc().format("%Y-%m-%d %H:%M UTC");
        self.narrator.say(format!("She types {code}. The address is hers; the verification holds until {until}."));
        Ok(verified.pass.expose().to_owned())
    }

    /// Everything that is wrong is told at once.
    fn faulty_details(&self, pass: &str, right: &BusinessInput) -> Result<()> {
        let mut wrong = right.clone();
        wrong.legal_name = " ".into();
        wrong.phone = "call me".into();
        wrong.billing.country = "Ecuador".into();
        wrong.website = Some("our site".into());
        wrong.answers = Map::new();
        let refused = self.handfast.invites().submit(pass, &wrong);
        let Err(error) = refused else { return Err("details full of faults were accepted".into()) };
        let count = error.faults().len();
        self.narrator.say(format!("She adds her business details in a hurry. {count} things are wrong, told at once:"));
        for fault in error.faults() {
            self.narrator.item(format!("{} {} ({})", fault.field, fault.message, fault.code));
        }
        Ok(())
    }

    /// A visitor who is to be rejected.
    pub(super) fn stranger(&mut self, slug: &str) -> Result<Filed> {
        self.narrator.say("");
        self.narrator.say("Somebody else found the link on a forum:");
        let (email, name) = (self.numbered("boss@quick-money.example"), self.numbered("Quick Money Ltd"));
        self.file(slug, &email, &business(&name, "The Boss", "Nowhere"))
    }

    /// A visitor without mishaps.
    pub(super) fn file(&mut self, slug: &str, email: &str, input: &BusinessInput) -> Result<Filed> {
        self.handfast.invites().open(slug)?;
        let started = self.handfast.invites().start(slug, email, None)?;
        let code = self.mailed_code()?;
        let pass = self.handfast.invites().verify(started.visit, &code)?.pass.expose().to_owned();
        let request = self.handfast.invites().submit(&pass, input)?;
        self.deliver()?;
        Ok(Filed { pass, request })
    }

    fn mailed_code(&mut self) -> Result<String> {
        let mails = self.deliver()?;
        let code = mails.iter().rev().find_map(|mail| letters::code(&mail.text));
        code.map(str::to_owned).ok_or_else(|| "no mail with a code went out".into())
    }
}

/// The code with its last digit changed.
fn mistyped(code: &str) -> String {
    let (front, last) = code.split_at(code.len().saturating_sub(1));
    format!("{front}{}", if last == "0" { "1" } else { "0" })
}

pub(super) fn business(legal_name: &str, contact: &str, city: &str) -> BusinessInput {
    BusinessInput {
        legal_name: legal_name.to_owned(),
        contact: contact.to_owned(),
        phone: "+593 2 600 1122".into(),
        billing: PostalAddressInput {
            line1: "Av. Amazonas 12".into(),
            city: city.to_owned(),
            country: "EC".into(),
            ..PostalAddressInput::default()
        },
        answers: Map::from_iter([("heard".to_owned(), Value::from("A flyer"))]),
        ..BusinessInput::default()
    }
}
