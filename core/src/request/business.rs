use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    error::{Faults, Result},
    invite::{Answers, RequestForm},
    value::{Name, Phone, PostalAddress, PostalAddressInput, TaxId, Text, Website},
};

/// The details of a business as a visitor gives them, not yet checked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BusinessInput {
    /// The registered name: one line of at most 120 characters. Required.
    pub legal_name: String,
    /// The name it trades under, when that is another: one line of at most 120 characters.
    pub trade_name: Option<String>,
    /// The person to talk to: one line of at most 120 characters. Required.
    pub contact: String,
    /// A phone number of 5 to 20 digits. Required.
    pub phone: String,
    /// Where bills go. Required.
    pub billing: PostalAddressInput,
    /// Where goods go, when that is elsewhere.
    pub shipping: Option<PostalAddressInput>,
    /// The tax id: 2 to 32 letters, digits and marks.
    pub tax_id: Option<String>,
    /// A web address.
    pub website: Option<String>,
    /// A message to the company: at most 2,000 characters.
    pub message: Option<String>,
    /// The answers to the company's own questions, by their names.
    pub answers: Map<String, Value>,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Business {
    /// The registered name.
    pub legal_name: Name,
    /// The name it trades under, when that is another.
    pub trade_name: Option<Name>,
    /// The person to talk to.
    pub contact: Name,
    /// A phone number.
    pub phone: Phone,
    /// Where bills go.
    pub billing: PostalAddress,
    /// Where goods go, when that is elsewhere.
    pub shipping: Option<PostalAddress>,
    /// The tax id.
    pub tax_id: Option<TaxId>,
    /// A web address.
    pub website: Option<Website>,
    /// A message to the company.
    pub message: Option<Text<2000>>,
    /// The answers to the company's own questions.
    pub answers: Answers,
}

impl Business {
    /// Checks every field, and the answers by the company's form.
    /// Errors: `invalid_input` with every fault at once.
    pub fn parse(input: &BusinessInput, form: &RequestForm) -> Result<Self> {
        let mut faults = Faults::default();
        let legal_name = faults.check("legal_name", Name::parse(&input.legal_name));
        let trade_name = faults.check_optional("trade_name", given(&input.trade_name), Name::parse);
        let contact = faults.check("contact", Name::parse(&input.contact));
        let phone = faults.check("phone", Phone::parse(&input.phone));
        let billing = faults.check("billing", PostalAddress::parse(&input.billing));
        let shipping = faults.check_optional("shipping", input.shipping.as_ref(), PostalAddress::parse);
        let tax_id = faults.check_optional("tax_id", given(&input.tax_id), TaxId::parse);
        let website = faults.check_optional("website", given(&input.website), Website::parse);
        let message = faults.check_optional("message", given(&input.message), Text::parse);
        let answers = faults.check("answers", form.check(&input.answers));
        faults.made(|| {
            Some(Business {
                legal_name: legal_name?,
                trade_name: trade_name?,
                contact: contact?,
                phone: phone?,
                billing: billing?,
                shipping: shipping?,
                tax_id: tax_id?,
                website: website?,
                message: message?,
                answers: answers?,
            })
        })
    }
}

/// What a form sends for a field that was left blank is nothing.
pub(crate) fn given(input: &Option<String>) -> Option<&str> {
    input.as_deref().filter(|text| !text.trim().is_empty())
}
