//! The pieces of text of a template, compiled: each may hold expressions in double braces.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

use crate::error::{Code, Error, Result};

/// One piece as it is written, with the line that it begins on.
pub(super) struct Phrase {
    pub(super) line: usize,
    pub(super) text: String,
}

/// A piece that is ready: words as they are, or the name of a template in [`Phrases`].
pub(super) enum Compiled {
    Words(String),
    Template { name: String, line: usize },
}

/// What a piece uses.
pub(super) type Used = std::collections::HashSet<String>;

/// Compiled pieces of text. They render to plain text: only the layout knows markup, and escapes.
#[derive(Clone)]
pub(super) struct Phrases(Environment<'static>);

impl Phrases {
    pub(super) fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        Phrases(environment)
    }

    /// Compiles one piece, once for all mails. `check` sees the names that it uses. Most pieces hold
    /// no expression, and skipping the engine for them halves the time of compiling and of rendering.
    pub(super) fn compile(
        &mut self,
        phrase: &Phrase,
        check: impl FnOnce(&Used) -> Result<(), String>,
    ) -> Result<Compiled> {
        let Phrase { line, ref text } = *phrase;
        if !text.contains('{') {
            return Ok(Compiled::Words(text.clone()));
        }
        let name = format!("{line}/{}", self.0.templates().count());
        self.0.add_template_owned(name.clone(), text.clone()).map_err(|error| refused(line, error))?;
        let template = self.0.get_template(&name).map_err(|error| refused(line, error))?;
        check(&template.undeclared_variables(false)).map_err(|reason| refuse(line, &reason))?;
        Ok(Compiled::Template { name, line })
    }

    /// The piece with the values in it.
    pub(super) fn fill(&self, phrase: &Compiled, values: &Value) -> Result<String> {
        match phrase {
            Compiled::Words(words) => Ok(words.clone()),
            Compiled::Template { name, line } => {
                let rendered = self.0.get_template(name).and_then(|template| template.render(values));
                rendered.map_err(|error| refused(*line, error))
            }
        }
    }
}

/// The error for a template that cannot be used, with the line and the reason.
pub(super) fn refuse(line: usize, reason: &str) -> Error {
    Error::because(Code::BadTemplate, format!("line {line}: {reason}"))
}

pub(super) fn refused(first: usize, error: minijinja::Error) -> Error {
    let line = first + error.line().unwrap_or(1).saturating_sub(1);
    let reason = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    refuse(line, &reason).caused_by(error)
}

/// Checks that only these names are used.
pub(super) fn only(known: &[&str], used: &Used) -> Result<(), String> {
    let mut unknown: Vec<_> = used.iter().filter(|name| !known.contains(&name.as_str())).collect();
    unknown.sort_unstable();
    match unknown.first() {
        None => Ok(()),
        Some(name) => Err(format!("there is no value `{name}` here, only `{}`", known.join("`, `"))),
    }
}
