//! The shipped templates, and what becomes of hostile values and broken templates.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::error::{Code, Error, Result};

fn templates() -> Templates {
    static SHIPPED: LazyLock<Templates> = LazyLock::new(|| Templates::shipped().unwrap());
    SHIPPED.clone()
}

fn brand() -> Brand {
    Brand::sample()
}

fn with(kind: MailKind, name: &str, value: impl Into<Value>) -> Map<String, Value> {
    let mut values = kind.sample();
    values.insert(name.to_owned(), value.into());
    values
}

fn bad(kind: MailKind, source: &str) -> String {
    let error = templates().replace(kind, "en", source).unwrap_err();
    assert_eq!(error.code(), Code::BadTemplate, "{error}");
    error.message().to_owned()
}

fn rendered(source: &str, values: &Map<String, Value>) -> Result<Rendered> {
    let kind = MailKind::NewRequest;
    templates().replace(kind, "en", source)?.render(kind, "en", values, &brand())
}

#[test]
fn every_kind_is_written_in_both_languages() {
    let templates = templates();
    for &kind in MailKind::ALL {
        let [english, spanish] =
            ["en-GB", "es-MX"].map(|locale| templates.render(kind, locale, &kind.sample(), &brand()).unwrap());
        assert_ne!(english.subject, spanish.subject, "{kind}");
        let of_company =
            |words: &str| if kind.is_of_company() { format!(" {words} Huerta del Sur") } else { String::new() };
        let footer = format!("\n\n-- \nSent by Lonja{}.\n", of_company("on behalf of"));
        assert!(english.text.ends_with(&footer), "{}", english.text);
        let footer = format!("\n\n-- \nEnviado por Lonja{}.\n", of_company("en nombre de"));
        assert!(spanish.text.ends_with(&footer), "{}", spanish.text);
        assert!(english.html.contains("<html lang=\"en\">") && spanish.html.contains("<html lang=\"es\">"));
        for mail in [english, spanish] {
            assert!(!mail.subject.contains('\n') && !mail.subject.is_empty());
            for form in [&mail.subject, &mail.text, &mail.html] {
                assert!(!form.contains("{{") && !form.contains("{%") && !form.contains("}}"), "{kind}: {form}");
            }
            assert!(mail.text.lines().all(|line| line.chars().count() <= 78), "{}", mail.text);
        }
    }
}

#[test]
fn every_value_is_used_in_each_language() {
    let words = |text: &str| {
        text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').map(str::to_owned).collect::<Vec<_>>()
    };
    for &kind in MailKind::ALL {
        for (language, source) in kind.shipped() {
            for value in kind.values() {
                assert!(
                    words(source).contains(&value.name.to_owned()),
                    "{kind} in {language} never says `{}`",
                    value.name
                );
            }
        }
    }
}

#[test]
fn a_language_without_templates_gets_english() {
    let kind = MailKind::StaffRemoved;
    for locale in ["fr", "fr-CA", "", "-", "español", "EN-us"] {
        let mail = templates().render(kind, locale, &kind.sample(), &brand()).unwrap();
        assert_eq!(mail.subject, "You no longer have access to Huerta del Sur", "{locale}");
    }
    let spanish = templates().render(kind, "ES-419-x-mine", &kind.sample(), &brand()).unwrap();
    assert_eq!(spanish.subject, "Ya no tiene acceso a Huerta del Sur");
}

#[test]
fn a_missing_value_is_an_error_and_never_a_hole() {
    for &kind in MailKind::ALL {
        for value in kind.values() {
            for nothing in [None, Some(Value::Null), Some(json!("")), Some(json!(" \r\n\u{202e}")), Some(json!(["x"]))]
            {
                let mut values = kind.sample();
                values.remove(value.name);
                values.extend(nothing.map(|nothing| (value.name.to_owned(), nothing)));
                let mail = templates().render(kind, "en", &values, &brand());
                match value.need {
                    Need::Optional => assert!(!mail.unwrap().text.contains("\n\n\n"), "{kind} without {}", value.name),
                    _ => assert_eq!(mail.unwrap_err().code(), Code::Internal, "{kind} without {}", value.name),
                }
            }
        }
    }
}

#[test]
fn markup_in_a_value_is_shown_and_not_obeyed() {
    let evil = "<script>alert('x')</script><b title=\"y\">&amp;";
    for &kind in MailKind::ALL {
        for value in kind.values().iter().filter(|value| value.name != "link") {
            let mail = templates().render(kind, "es", &with(kind, value.name, evil), &brand()).unwrap();
            assert!(!mail.html.contains("<script") && !mail.html.contains("<b title"), "{kind}: {}", value.name);
            assert!(mail.html.contains("&lt;script&gt;alert(&#x27;x&#x27;)"), "{kind} never shows `{}`", value.name);
            assert!(mail.html.contains("&amp;amp;"), "escaped once: {}", mail.html);
        }
    }
}

#[test]
fn a_value_never_becomes_a_block_a_link_or_a_header() {
    let kind = MailKind::NewRequest;
    let plain = templates().render(kind, "en", &kind.sample(), &brand()).unwrap();
    let tags = |html: &str| html.matches('<').count();
    let evil = [
        "Ñandú\n\n[click](https://evil.example)\n\n# Heading\n\ncode: 1234\n\n- list",
        "Ñandú\r\nBcc: x@evil.example\r\n\r\nbody",
        "{{ link }} {% for x in y %} {# no #}",
        "? message\n> quote\n\n-- \nsignature",
        "a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f",
    ];
    for value in kind.values().iter().filter(|value| !["link", "message"].contains(&value.name)) {
        for evil in evil {
            let mail = templates().render(kind, "en", &with(kind, value.name, evil), &brand()).unwrap();
            assert_eq!(tags(&mail.html), tags(&plain.html), "{}: {evil:?}", value.name);
            assert_eq!(mail.html.matches("href=").count(), 1);
            assert!(mail.subject.chars().all(|letter| !letter.is_control()));
            assert_eq!(mail.text.matches("\n\n").count(), plain.text.matches("\n\n").count(), "{}", mail.text);
            assert_eq!(mail.text.matches("\n-- \n").count(), 1, "{}", mail.text);
        }
    }
}

#[test]
fn a_message_keeps_its_lines_inside_the_quote() {
    let message = "First line\r\n\r\n[click](https://evil.example)\n-- \nMallory";
    let mail = templates()
        .render(MailKind::NewRequest, "en", &with(MailKind::NewRequest, "message", message), &brand())
        .unwrap();
    assert!(
        mail.text.contains("\n> First line\n>\n> [click](https://evil.example)\n> --\n> Mallory\n\n"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains(">First line\n\n[click](https:"), "{}", mail.html);
    assert_eq!(mail.html.matches("href=").count(), 1);
}

proptest! {
    #[test]
    fn whatever_is_typed_the_mail_keeps_its_shape(name in any::<String>(), legal_name in "[\\PC\\r\\n\\t {}%#\\[\\]()<>-]{1,80}") {
        let kind = MailKind::NewRequest;
        let shape = |mail: &Rendered| (mail.html.matches('<').count(), mail.html.matches('"').count(), mail.text.matches("\n\n").count());
        let mut values = with(kind, "name", format!("x{name}"));
        values.insert("legal_name".to_owned(), format!("x{legal_name}").into());
        let mail = templates().render(kind, "es", &values, &brand()).unwrap();
        let plain = templates().render(kind, "es", &kind.sample(), &brand()).unwrap();
        prop_assert_eq!(shape(&mail), shape(&plain));
        prop_assert!(mail.subject.chars().all(|letter| !letter.is_control()));
    }
}

#[test]
fn only_web_and_mail_links_are_buttons() {
    let kind = MailKind::ReadyToBuy;
    for link in [
        "javascript:alert(1)",
        "data:text/html,x",
        "/shop",
        "https://a.example/\" onclick=\"x",
        "https://a.example\nx",
        "x",
    ] {
        let error = templates().render(kind, "en", &with(kind, "link", link), &brand()).unwrap_err();
        assert_eq!(error.code(), Code::Internal, "{link}");
    }
    let mail = templates().render(kind, "en", &with(kind, "link", "https://a.example/?b=1&c='"), &brand());
    assert!(mail.is_err(), "an apostrophe could end an attribute of a host's layout");
    let mail = templates().render(kind, "en", &with(kind, "link", "https://a.example/?b=1&c=2"), &brand()).unwrap();
    assert!(mail.html.contains("href=\"https://a.example/?b=1&amp;c=2\""), "{}", mail.html);
    assert!(mail.text.contains("Start buying:\nhttps://a.example/?b=1&c=2\n"), "{}", mail.text);
}

#[test]
fn a_long_link_stays_whole_and_a_long_subject_is_cut() {
    let kind = MailKind::ReadyToBuy;
    let link = format!("https://a.example/{}", "long-path-".repeat(40));
    assert!(
        templates()
            .render(kind, "en", &with(kind, "link", link.as_str()), &brand())
            .unwrap()
            .text
            .contains(&format!("\n{link}\n"))
    );
    let mail = templates().render(kind, "en", &with(kind, "company", "Ñ".repeat(400)), &brand()).unwrap();
    assert!(mail.subject.chars().count() == 150 && mail.subject.ends_with("ÑÑ…"), "{}", mail.subject);
}

#[test]
fn one_minute_is_one() {
    let kind = MailKind::VisitorCode;
    for (minutes, english, spanish) in [(1, "1 minute and", "1 minuto y"), (10, "10 minutes and", "10 minutos y")] {
        let values = with(kind, "minutes", minutes);
        for (locale, words) in [("en", english), ("es", spanish)] {
            let text = templates().render(kind, locale, &values, &brand()).unwrap().text;
            assert!(text.contains(words), "{text}");
        }
    }
}

#[test]
fn each_block_has_a_form_in_text() {
    let source = "subject: S {{ name }}\n\nOne\ntwo.\n\n# Head\n\n- a\n  b\n- {% if false %}no{% endif %}\n- c\n\n1. x\n1. y\n\n> q\n>\n> r\n\ncode: 12\n\n? phone\nHidden\n\n[Go]({{ link }})\n";
    let mut values = with(MailKind::NewRequest, "link", "mailto:lola@huerta.example");
    values.remove("phone");
    let mail = rendered(source, &values).unwrap();
    let expected = "One two.\n\nHead\n----\n\n- a b\n- c\n\n1. x\n2. y\n\n> q\n>\n> r\n\n    12\n\nGo:\nmailto:lola@huerta.example\n\n-- \nSent by Lonja on behalf of Huerta del Sur.\n";
    assert_eq!(mail.text, expected);
    assert_eq!(mail.html.matches("<li").count(), 4);
}

#[test]
fn a_broken_template_is_refused_with_line_and_reason() {
    let cases = [
        ("", "line 1: a template begins with `subject: `"),
        ("Subject: x\n\ny", "line 1: a template begins with `subject: `"),
        ("subject: x", "line 1: there is nothing below the subject"),
        ("subject: x\ny", "line 2: a blank line stands after the subject"),
        ("subject: x\n\n{{ nothing }}", "line 3: there is no value `nothing` here, only `company`, `inviter`"),
        ("subject: x\n\ny\n\n? nothing\nz", "line 5: there is no value `nothing` here"),
        ("subject: x\n\n? days", "line 3: the block that this condition is for"),
        ("subject: x\n\nfine\nfine\n{{ company", "line 5: unexpected end of input"),
        ("subject: x\n\n{% if days %}\n\ny\n\n{% endif %}", "line 3: unexpected end of input"),
        ("subject: x\n\nok\n\n{{ company|shout }}", "line 5: filter shout is unknown"),
        ("subject: {{ link }}\n\ny", "line 1: `link` is a secret and cannot stand in the subject"),
        ("subject: {% if false %}x{% endif %}\n\ny", "line 1: the subject is empty"),
        ("subject: x\n\n[Go](https://a.example)", "line 3: the link of a button is one value"),
        ("subject: x\n\n[Go](https://{{ company }}.example)", "line 3: the link of a button is one value"),
        ("subject: x\n\n[Go]({{ link|upper }})", "line 3: the link of a button is one value"),
        ("subject: x\n\n[Go]({{ company }})", "line 3: `company` is not a link"),
        ("subject: x\n\n[Go]({{ product_name }})", "line 3: `product_name` is not a link"),
        ("subject: x\n\n# Head\ntext", "line 4: a heading stands alone"),
        ("subject: x\n\ncode: 1\ntext", "line 4: a code stands alone"),
        ("subject: x\n\n[Go]({{ link }})\ntext", "line 4: a button stands alone"),
        ("subject: x\n\n- a\nb", "line 4: every line of a list begins like the first"),
        ("subject: x\n\n- a\n1. b", "line 4: every line of a list begins like the first"),
        ("subject: x\n\n> a\nb", "line 4: every line of a quote begins with `> `"),
    ];
    for (source, expected) in cases {
        let message = bad(MailKind::StaffInvited, source);
        assert!(message.starts_with(expected), "{source:?}: {message}");
    }
    let error = templates().replace(MailKind::StaffRemoved, "Spanish!", "subject: x\n\ny").unwrap_err();
    assert_eq!(error.code(), Code::NotALocale);
}

#[test]
fn a_replaced_template_footer_and_layout_are_used() {
    let kind = MailKind::StaffRemoved;
    let templates = templates()
        .replace(kind, "es-MX", "subject: Adiós de {{ company }}\r\n\r\nHasta luego & suerte <3")
        .and_then(|templates| templates.footer("es-MX", "{{ product_name }} | {{ company }}\n"))
        .and_then(|templates| {
            templates.layout(
                "{{ lang }}|{{ subject }}|{% for block in blocks %}{% if block.text %}<p>{{ block.text }}</p>{% endif %}{% endfor %}|{{ footer }}",
            )
        })
        .unwrap();
    let mail = templates.render(kind, "es-mx", &kind.sample(), &brand()).unwrap();
    assert_eq!(mail.text, "Hasta luego & suerte <3\n\n-- \nLonja | Huerta del Sur\n");
    assert_eq!(mail.html, "es-mx|Adiós de Huerta del Sur|<p>Hasta luego &amp; suerte &lt;3</p>|Lonja | Huerta del Sur");
    let spanish = templates.render(kind, "es", &kind.sample(), &brand()).unwrap();
    assert_eq!(spanish.subject, "Ya no tiene acceso a Huerta del Sur");
}

#[test]
fn a_broken_layout_or_footer_is_refused() {
    let message = |result: Result<Templates>| result.map_err(|error: Error| error.message().to_owned()).unwrap_err();
    assert_eq!(
        message(templates().layout("<html></html>")),
        "line 1: a layout shows the mail: `{% for block in blocks %}`"
    );
    assert!(message(templates().layout("\n{% for block in blocks %}")).starts_with("line 2: "));
    assert!(message(templates().layout("{{ blocks }}{{ company }}")).contains("there is no value `company` here"));
    assert!(message(templates().layout("\n{{ blocks|shout }}")).starts_with("line 2: filter shout is unknown"));
    let no_buttons = "{% for block in blocks %}{{ block.text }}{% endfor %}";
    assert_eq!(message(templates().layout(no_buttons)), "line 1: undefined value");
    assert!(message(templates().footer("en", "{{ code }}")).contains("there is no value `code` here"));
}

#[test]
fn debug_shows_no_code() {
    let kind = MailKind::VisitorCode;
    let mail = templates().render(kind, "en", &kind.sample(), &brand()).unwrap();
    assert!(mail.text.contains("    04183375\n") && mail.html.contains(">04183375</p>"));
    assert!(!format!("{mail:?}").contains("04183375"));
}
