//! The HTML form of a mail: one page around all kinds. It is the only place where markup is written,
//! and it escapes every text that it shows.

use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::{
    brand::Brand,
    phrases::{only, refuse, refused},
    source::{Marker, Shape},
    template::Filled,
};
use crate::error::Result;

/// The values that a layout may use.
const VALUES: [&str; 7] = ["subject", "lang", "blocks", "footer", "product_name", "base_url", "logo_url"];
/// Ends in `.html`, so that minijinja escapes.
const NAME: &str = "layout.html";

#[derive(Clone)]
pub(super) struct Layout(Environment<'static>);

impl Layout {
    pub(super) fn new(source: &str) -> Result<Layout> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.add_template_owned(NAME, source.to_owned()).map_err(|error| refused(1, error))?;
        let used = environment.get_template(NAME).map_err(|error| refused(1, error))?.undeclared_variables(false);
        only(&VALUES, &used).map_err(|reason| refuse(1, &reason))?;
        if !used.contains("blocks") {
            return Err(refuse(1, "a layout shows the mail: `{% for block in blocks %}`"));
        }
        let layout = Layout(environment);
        layout.try_out()?;
        Ok(layout)
    }

    fn try_out(&self) -> Result<()> {
        let text = || "text".to_owned();
        let blocks = vec![
            Shape::Heading(text()),
            Shape::Paragraph(text()),
            Shape::Quote(text()),
            Shape::Code(text()),
            Shape::List(Marker::Dash, vec![text()]),
            Shape::List(Marker::Number, vec![text()]),
            Shape::Button { label: text(), link: "https://lonja.example".to_owned() },
        ];
        self.page(&Filled { subject: text(), blocks }, "en", "footer", &Brand::sample()).map(drop)
    }

    pub(super) fn page(&self, mail: &Filled, language: &str, footer: &str, brand: &Brand) -> Result<String> {
        let values = context! {
            subject => &mail.subject,
            lang => language,
            blocks => mail.blocks.iter().map(block).collect::<Value>(),
            footer => footer,
            product_name => brand.product_name(),
            base_url => attribute(brand.base_url()),
            logo_url => brand.logo_url().map(attribute),
        };
        let page = self.0.get_template(NAME).and_then(|template| template.render(values));
        page.map_err(|error| refused(1, error))
    }
}

fn block(shape: &Shape<String>) -> Value {
    match shape {
        Shape::Heading(text) => context! { kind => "heading", text => text },
        Shape::Paragraph(text) => context! { kind => "paragraph", text => text },
        Shape::Quote(text) => context! { kind => "quote", text => text },
        Shape::Code(text) => context! { kind => "code", text => text },
        Shape::Button { label, link } => context! { kind => "button", label => label, link => attribute(link) },
        Shape::List(Marker::Dash, entries) => context! { kind => "list", entries => texts(entries) },
        Shape::List(Marker::Number, entries) => context! { kind => "steps", entries => texts(entries) },
    }
}

fn texts(entries: &[String]) -> Value {
    entries.iter().map(Value::from).collect()
}

/// A checked link as an attribute. It holds no quote and no bracket, so only `&` is left to escape;
/// minijinja would write each `/` as `&#x2f;`, which programs that look for links do not all read.
fn attribute(link: &str) -> Value {
    Value::from_safe_string(link.replace('&', "&amp;"))
}
