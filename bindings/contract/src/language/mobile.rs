//! Kotlin and Swift: values that cross as another one does, and what is thrown.

use std::{
    collections::HashMap,
    time::{self, SystemTime},
};

use handfast::Category;

use crate::{
    failure::{Failure, FieldFault},
    scalar::{AnswerValue, Answers, Bytes, Columns, Decimal, Duration, Texts, Timestamp},
};

uniffi::custom_type!(Decimal, String, { lower: |decimal| decimal.0, try_lift: |text| Ok(Decimal(text)) });

uniffi::custom_type!(Bytes, Vec<u8>, { lower: |bytes| bytes.0, try_lift: |bytes| Ok(Bytes(bytes)) });

uniffi::custom_type!(Timestamp, SystemTime, {
    lower: |at| at.into(),
    try_lift: |time| Ok(time.into()),
});

uniffi::custom_type!(Duration, time::Duration, {
    lower: |span| time::Duration::from_millis(u64::try_from(span.0).unwrap_or(0)),
    try_lift: |span| Ok(span.into()),
});

uniffi::custom_type!(Columns, String, {
    lower: |columns| serde_json::Value::Object(columns.0).to_string(),
    try_lift: |text| Ok(Columns(serde_json::from_str(&text)?)),
});

uniffi::custom_type!(Texts, HashMap<String, String>, {
    lower: |texts| texts.0.into_iter().collect(),
    try_lift: |texts| Ok(Texts(texts.into_iter().collect())),
});

uniffi::custom_type!(Answers, HashMap<String, AnswerValue>, {
    lower: |answers| answers.0.into_iter().collect(),
    try_lift: |answers| Ok(Answers(answers.into_iter().collect())),
});

impl From<Timestamp> for SystemTime {
    fn from(at: Timestamp) -> Self {
        let span = time::Duration::from_millis(at.0.unsigned_abs());
        match at.0 {
            ..0 => SystemTime::UNIX_EPOCH - span,
            0.. => SystemTime::UNIX_EPOCH + span,
        }
    }
}

impl From<SystemTime> for Timestamp {
    /// Whole milliseconds, rounded down, as the core has them; what no `i64` holds is refused as out of range later.
    fn from(time: SystemTime) -> Self {
        let millis = |span: time::Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => Timestamp(millis(since)),
            Err(before) => {
                let before = before.duration();
                let rest = i64::from(before.subsec_nanos() % 1_000_000 != 0);
                Timestamp((-millis(before)).saturating_sub(rest))
            }
        }
    }
}

/// What was refused, and why.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ErrorDetails {
    /// The stable code: what a program decides by.
    pub code: String,
    /// The family of the code: `not_found`.
    pub category: String,
    /// What is wrong with which input, for a person.
    pub message: String,
    /// Whether the same call may succeed later.
    pub retryable: bool,
    /// What is wrong, field by field.
    pub faults: Vec<FieldFault>,
    /// When trying again makes sense, where that is known.
    pub retry_after: Option<Duration>,
}

macro_rules! categories {
    ($($(#[doc = $about:literal])+ $Category:ident,)+) => {
        /// A refusal: a variant for each category of codes.
        #[derive(Clone, Debug, PartialEq, uniffi::Error)]
        pub enum HandfastError {
            $($(#[doc = $about])+ $Category {
                /// What was refused, and why.
                details: ErrorDetails,
            },)+
        }

        impl HandfastError {
            /// What was refused, and why.
            pub fn details(&self) -> &ErrorDetails {
                match self { $(HandfastError::$Category { details })|+ => details }
            }
        }

        impl From<Failure> for HandfastError {
            fn from(Failure { code, category, retryable, message, faults, retry_after }: Failure) -> Self {
                let (code, retry_after) = (code.to_string(), retry_after.map(Duration));
                let details = ErrorDetails { code, category: category.to_string(), message, retryable, faults, retry_after };
                match category { $(Category::$Category => HandfastError::$Category { details },)+ }
            }
        }
    };
}

categories! {
    /// Something in the input is wrong.
    Invalid,
    /// A password, a code or a token is wrong.
    Unauthenticated,
    /// The actor may not do this.
    Forbidden,
    /// There is no such thing here.
    NotFound,
    /// Things are not as the call takes them to be.
    Conflict,
    /// What the call uses has expired or was used up.
    Expired,
    /// Too often: see `retry_after`.
    RateLimited,
    /// It cannot be done at the moment.
    Unavailable,
    /// A mistake of the library.
    Internal,
}

impl std::fmt::Display for HandfastError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let details = self.details();
        write!(f, "{} ({})", details.message, details.code)
    }
}

impl std::error::Error for HandfastError {}
