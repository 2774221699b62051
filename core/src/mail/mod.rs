//! Mails: their templates, how they are written, and who takes them over.
//!
//! ```
//! use handfast::mail::{Brand, BrandInput, MailKind, Templates};
//!
//! let brand = Brand::new(BrandInput {
//!     product_name: "Lonja".into(),
//!     logo_url: None,
//!     sender_name: "Lonja".into(),
//!     sender_address: "mail@lonja.example".into(),
//!     base_url: "https://lonja.example".into(),
//! })?;
//! let values = serde_json::json!({ "company": "Huerta del Sur", "name": "Inés Núñez" });
//! let values = values.as_object().unwrap();
//! let mail = Templates::shipped()?.render(MailKind::RequestApproved, "es-ES", values, &brand)?;
//! assert_eq!(mail.subject, "Huerta del Sur ha aprobado su solicitud");
//! assert!(mail.text.starts_with("Hola, Inés Núñez:\n"));
//! assert!(mail.html.contains("<p style=\"margin: 14px 0;\">Hola, Inés Núñez:</p>"));
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! # Templates
//!
//! One source gives the subject, the text and the HTML of a mail, so that they never differ:
//!
//! ```text
//! subject: Your request to {{ company }}
//!
//! Hello {{ name }},
//!
//! Lines without a blank line between them
//! are one paragraph.
//!
//! ? reason
//! > {{ reason }}
//!
//! # A heading
//!
//! - a list
//! - {% if phone %}Phone: {{ phone }}{% endif %}
//!
//! 1. numbered
//! 2. steps
//!
//! code: {{ code }}
//!
//! [The label of a button]({{ link }})
//! ```
//!
//! - The first line is the subject; the second is blank. Blocks are separated by blank lines.
//! - `? reason` on top of a block shows it only if that value is there. A block or an entry of a list
//!   that is empty is left out.
//! - `> ` is a quote, the only block that keeps the line breaks of a value.
//! - A button's link is one value and nothing else: `http`, `https` or `mailto`.
//! - What stands in braces is a [minijinja](https://docs.rs/minijinja) expression over the values that
//!   [`MailKind::values`] lists, `product_name` and `base_url`. Others are refused when the template is
//!   given, as is a secret in a subject.
//!
//! Blocks are read before values are filled in, and rendered blocks are plain text. So a value, whatever
//! a stranger typed, is never a heading, a link or a header; and it is escaped once, where the layout
//! shows it.
//!
//! # Layout
//!
//! The HTML page around all mails is a minijinja template too, with escaping. It is given `subject`,
//! `lang`, `footer`, `product_name`, `base_url`, `logo_url` (or none) and `blocks`. Each block has a `kind`:
//! `heading`, `paragraph`, `quote` and `code` have a `text`; `list` and `steps` have `entries`; `button`
//! has a `label` and a `link`.

mod brand;
mod eml;
mod kind;
mod layout;
mod link;
mod message;
mod ops;
mod phrases;
mod placeholder;
mod print;
mod record;
mod source;
mod state;
mod template;
mod templates;
mod text;

pub use brand::{Brand, BrandInput};
pub use eml::EmlMailer;
pub use kind::MailKind;
pub use message::{Mailer, Message, Permanence, Rejected};
pub use ops::{Delivery, Failure, Mails};
pub use placeholder::{Need, Placeholder};
pub use print::PrintMailer;
pub use record::{Audience, Mail};
pub use state::{MailEvent, MailState, next};
pub use templates::{Rendered, Templates};

pub(crate) use ops::call_off;
pub(crate) use record::Letter;

#[cfg(test)]
mod tests;
