use base64::prelude::{BASE64_STANDARD, Engine as _};
use handfast::{
    Id,
    invite::{QrOptions, Visit},
    mail::{MailKind, Permanence, Rejected},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    call::{Call, answer},
    failure::Stop,
    outbox::Refusal,
};

/// The pass is a secret, which nothing shows by itself.
pub(super) fn verify(call: &mut Call<'_>) -> Result<Value, Stop> {
    let (visit, code): (Id<Visit>, String) = (call.take("visit")?, call.take("code")?);
    call.finish()?;
    let verified = call.handfast.invites().verify(visit, &code)?;
    Ok(json!({ "pass": verified.pass.expose(), "expires": verified.expires, "request": verified.request }))
}

/// The QR code of the company's link, as the text of an SVG picture.
pub(super) fn qr_svg(call: &mut Call<'_>) -> Result<Value, Stop> {
    let (actor, options): (_, QrOptions) = (call.actor()?, call.rest()?);
    call.finish()?;
    answer(call.handfast.invites().link(actor)?.qr_svg(&options)?)
}

/// The same as a PNG picture, in base64.
pub(super) fn qr_png(call: &mut Call<'_>) -> Result<Value, Stop> {
    let (actor, options): (_, QrOptions) = (call.actor()?, call.rest()?);
    call.finish()?;
    answer(BASE64_STANDARD.encode(call.handfast.invites().link(actor)?.qr_png(&options)?))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Refuse {
    Temporary,
    Permanent,
}

/// Delivers into memory, and tells what arrived.
pub(super) fn deliver(call: &mut Call<'_>) -> Result<Value, Stop> {
    let limit: Option<u32> = call.take("limit")?;
    let (refuse, kind): (Option<Refuse>, Option<MailKind>) = (call.take("refuse")?, call.take("kind")?);
    call.finish()?;
    let permanence = refuse.map(|refuse| match refuse {
        Refuse::Temporary => Permanence::Temporary,
        Refuse::Permanent => Permanence::Permanent,
    });
    let refusal = permanence.map(|permanence| {
        let reason = "the scenario's mailer refuses".to_owned();
        Refusal { rejected: Rejected { reason, permanence }, kind }
    });
    let before = call.outbox.count();
    let delivery = call.handfast.mails().deliver(&call.outbox.mailer(refusal), limit.unwrap_or(1_000))?;
    let mut shown = answer(delivery)?;
    if let Value::Object(fields) = &mut shown {
        fields.insert("mails".to_owned(), Value::Array(call.outbox.since(before)));
    }
    Ok(shown)
}
