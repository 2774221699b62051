use std::fmt::Write;

use handfast_contract::{Category, Code, shape::ChoiceType};

use super::{HEAD, words::doc};

/// `_choices/customer.py`: the choices of a module.
pub(super) fn choices(choices: &[ChoiceType]) -> String {
    let mut text = head("Choices, as enums whose members are texts.");
    for choice in choices {
        class(&mut text, choice.name, choice.about);
        for each in choice.choices {
            member(&mut text, (each.text)(), each.about);
        }
    }
    text
}

fn head(about: &str) -> String {
    format!("{HEAD}{}\nfrom __future__ import annotations\n\nfrom enum import StrEnum\n", doc(0, about))
}

/// `_choices/code.py`: the codes with their categories.
pub(super) fn codes() -> String {
    let mut text = head("The codes and their categories, as enums whose members are texts.");
    class(&mut text, "Category", "The family of a code: each has an exception class.");
    for category in categories() {
        member(&mut text, category.as_str(), &format!("See `{}`.", exception(category)));
    }
    class(&mut text, "Code", "What went wrong, as programs know it. A code keeps its name and its meaning.");
    for code in Code::ALL {
        let (mut sentence, advice) = (code.sentence().to_owned(), code.advice());
        sentence.get_mut(..1).unwrap_or_default().make_ascii_uppercase();
        member(&mut text, code.as_str(), &format!("{sentence}: {advice}."));
    }
    text.push_str("\n    @property\n    def category(self) -> Category:\n");
    text.push_str("        \"\"\"The family.\"\"\"\n        return _CATEGORIES[self]\n");
    text.push_str("\n\n_CATEGORIES = {\n");
    for code in Code::ALL {
        let _ = writeln!(text, "    Code.{}: Category.{},", upper(code.as_str()), upper(code.category().as_str()));
    }
    text + "}\n"
}

fn class(text: &mut String, name: &str, about: &str) {
    let _ = write!(text, "\n\nclass {name}(StrEnum):\n{}\n", doc(4, about));
}

fn member(text: &mut String, value: &str, about: &str) {
    let _ = write!(text, "    {} = \"{value}\"\n{}", upper(value), doc(4, about));
}

fn upper(text: &str) -> String {
    text.to_ascii_uppercase()
}

/// Every category that a code has.
fn categories() -> Vec<Category> {
    let mut categories: Vec<_> = Code::ALL.iter().map(|code| code.category()).collect();
    categories.dedup();
    categories
}

/// The class of the package for a category: `NotFoundError`.
pub(super) fn exception(category: Category) -> String {
    let words = category.as_str().split('_').map(|word| {
        let mut word = word.to_owned();
        word.get_mut(..1).unwrap_or_default().make_ascii_uppercase();
        word
    });
    words.collect::<String>() + "Error"
}
