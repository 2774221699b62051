use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    company::PriceType,
    error::{Code, Error, Faults, Result},
    id::Id,
    request::given,
    store::json_field,
    value::{Amount, Line, Percent, Text},
};

/// Entries of the host's own at one customer, at most.
const MOST_ENTRIES: usize = 50;

/// What the host keeps at a customer: names of at most 60 characters with texts of at most 500, at most 50.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extra(BTreeMap<Line<60>, Text<500>>);

json_field!(Extra);

/// A customer's price type, markup and advanced settings, not yet checked. What is left out is cleared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricingInput {
    /// What it buys at: one of the company's price types. Required.
    pub price_type: Id<PriceType>,
    /// What is added to the price: -100 to 1,000 percent, with at most four decimals.
    #[serde(default)]
    pub markup: Option<String>,
    /// How much may be owed: with at most four decimals.
    #[serde(default)]
    pub credit_limit: Option<String>,
    /// How much an order must come to: with at most four decimals.
    #[serde(default)]
    pub minimum_order: Option<String>,
    /// Whether no tax is charged.
    #[serde(default)]
    pub tax_exempt: bool,
    /// What the company notes for itself: at most 2,000 characters.
    #[serde(default)]
    pub notes: Option<String>,
    /// What the host keeps here: names of at most 60 characters with texts of at most 500, at most 50.
    #[serde(default)]
    pub extra: BTreeMap<String, String>,
}

impl PricingInput {
    /// A price type and nothing else.
    pub fn of(price_type: Id<PriceType>) -> Self {
        let (markup, credit_limit, minimum_order, notes, extra) = Default::default();
        PricingInput { price_type, markup, credit_limit, minimum_order, tax_exempt: false, notes, extra }
    }
}

/// The same, checked.
#[derive(Clone)]
pub(super) struct Pricing {
    pub(super) price_type: Id<PriceType>,
    pub(super) markup: Option<Percent>,
    pub(super) credit_limit: Option<Amount>,
    pub(super) minimum_order: Option<Amount>,
    pub(super) tax_exempt: bool,
    pub(super) notes: Option<Text<2000>>,
    pub(super) extra: Extra,
}

impl Pricing {
    pub(super) fn parse(input: &PricingInput) -> Result<Self> {
        let mut faults = Faults::default();
        let markup = faults.check_optional("markup", given(&input.markup), Percent::parse);
        let credit_limit = faults.check_optional("credit_limit", given(&input.credit_limit), Amount::parse);
        let minimum_order = faults.check_optional("minimum_order", given(&input.minimum_order), Amount::parse);
        let notes = faults.check_optional("notes", given(&input.notes), Text::parse);
        let extra = faults.check("extra", Extra::parse(&input.extra));
        let (price_type, tax_exempt) = (input.price_type, input.tax_exempt);
        faults.made(|| {
            let (markup, credit_limit, minimum_order) = (markup?, credit_limit?, minimum_order?);
            let (notes, extra) = (notes?, extra?);
            Some(Pricing { price_type, markup, credit_limit, minimum_order, tax_exempt, notes, extra })
        })
    }
}

impl Extra {
    pub(super) fn parse(input: &BTreeMap<String, String>) -> Result<Self> {
        if input.len() > MOST_ENTRIES {
            return Err(Error::because(Code::TooMany, format!("has more than {MOST_ENTRIES} entries")));
        }
        let (mut faults, mut extra) = (Faults::default(), BTreeMap::new());
        for (at, (name, text)) in input.iter().enumerate() {
            let name = faults.check(&format!("{at}.name"), Line::parse(name));
            let text = faults.check(&format!("{at}.text"), Text::parse(text));
            extra.extend(name.zip(text));
        }
        faults.made(|| Some(Extra(extra)))
    }

    /// The entries, by name.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The text under a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.as_str() == name).map(|(_, text)| text.as_str())
    }
}
