//! Enums that are stored and sent as snake_case text.

/// Declares an enum whose choices have a text each: `ALL`, `as_str`, `parse`, and all of `text_value!`.
/// A text that is none of them is `unknown_choice`, with the choices listed.
///
/// ```text
/// choices! {
///     /// What a member of the staff may do.
///     pub enum Role {
///         /// Everything.
///         Admin = "admin",
///     }
/// }
/// ```
macro_rules! choices {
    ($(#[$about:meta])* $seen:vis enum $Name:ident {
        $($(#[$each:meta])* $Choice:ident = $text:literal),+ $(,)?
    }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $seen enum $Name { $($(#[$each])* $Choice,)+ }

        impl $Name {
            /// Every choice, in the order of declaration.
            #[allow(dead_code, reason = "an enum of this crate's own may be listed by nobody")]
            $seen const ALL: &[$Name] = &[$($Name::$Choice),+];

            /// The choice as it is written everywhere outside Rust.
            $seen const fn as_str(self) -> &'static str {
                match self { $($Name::$Choice => $text,)+ }
            }

            /// Reads the text of a choice. Errors: `required`, `unknown_choice`.
            $seen fn parse(text: &str) -> $crate::Result<Self> {
                match text {
                    $($text => Ok($Name::$Choice),)+
                    text => Err($crate::value::not_a_choice(text, &[$($text),+])),
                }
            }
        }

        $crate::value::text_value!($Name, as_str);
    };
}

pub(crate) use choices;

use crate::error::{Code, Error};

/// What to say about a text that is none of the choices.
pub(crate) fn not_a_choice(text: &str, choices: &[&str]) -> Error {
    // the first few tell enough: what is longer is no choice whatever follows
    if text.chars().take(100).all(char::is_whitespace) {
        return Error::new(Code::Required);
    }
    Error::because(Code::UnknownChoice, format!("is none of `{}`", choices.join("`, `")))
}
