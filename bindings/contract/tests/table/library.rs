//! The public verbs of the core with their parameters and the errors that their documentation names, read from its
//! sources.

use std::{fs, path::Path};

use handfast::Code;
use syn::{Attribute, Expr, ExprLit, ImplItem, ImplItemFn, Item, ItemImpl, Lit, Meta, Type, Visibility};

/// One verb, as operations are named.
#[derive(Debug)]
pub(crate) struct Verb {
    pub(crate) name: String,
    pub(crate) parameters: usize,
    /// The codes after `Errors:`; none where the documentation names no errors.
    pub(crate) errors: Option<Vec<Code>>,
}

/// The types that hold verbs, with the methods that give them; `Offers` are two.
const GROUPS: [(&str, &[&str]); 12] = [
    ("Companies", &["companies"]),
    ("StaffMembers", &["staff"]),
    ("Offers", &["price_types", "carriers"]),
    ("Invites", &["invites"]),
    ("Requests", &["requests"]),
    ("Customers", &["customers"]),
    ("Users", &["users"]),
    ("Sessions", &["sessions"]),
    ("TwoFactors", &["two_factor"]),
    ("Logins", &["logins"]),
    ("Mails", &["mails"]),
    ("Events", &["events"]),
];

pub(crate) fn verbs() -> Vec<Verb> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src");
    let mut verbs = Vec::new();
    for folder in fs::read_dir(core).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for file in files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
            let source = syn::parse_file(&fs::read_to_string(&file).unwrap()).unwrap();
            let blocks =
                source.items.iter().filter_map(|item| if let Item::Impl(block) = item { Some(block) } else { None });
            blocks.for_each(|block| read(block, &mut verbs));
        }
    }
    for group in GROUPS.iter().flat_map(|(_, groups)| *groups) {
        assert!(verbs.iter().any(|verb| verb.name.starts_with(&format!("{group}."))), "no verb of {group} was found");
    }
    verbs
}

/// The public methods of one `impl`, where it is one of a group's own.
fn read(block: &ItemImpl, verbs: &mut Vec<Verb>) {
    let Type::Path(of) = &*block.self_ty else { return };
    let of = of.path.segments.last().unwrap().ident.to_string();
    let Some((_, groups)) = GROUPS.iter().find(|(known, _)| *known == of).filter(|_| block.trait_.is_none()) else {
        return;
    };
    let methods =
        block.items.iter().filter_map(|item| if let ImplItem::Fn(method) = item { Some(method) } else { None });
    for method in methods.filter(|method| matches!(method.vis, Visibility::Public(_))) {
        verbs.extend(groups.iter().map(|group| verb(group, method)));
    }
}

fn verb(group: &str, method: &ImplItemFn) -> Verb {
    let documentation: String = method.attrs.iter().filter_map(line).collect::<Vec<_>>().join("\n");
    Verb {
        name: format!("{group}.{}", method.sig.ident),
        // without `self`
        parameters: method.sig.inputs.len() - 1,
        errors: errors(&documentation),
    }
}

/// One line of documentation.
fn line(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(value) if value.path.is_ident("doc") => match &value.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The codes that stand in backticks after `Errors:`.
fn errors(documentation: &str) -> Option<Vec<Code>> {
    let (_, errors) = documentation.split_once("Errors:")?;
    let named = errors.split('`').skip(1).step_by(2);
    Some(named.filter_map(|name| Code::ALL.iter().find(|code| code.as_str() == name).copied()).collect())
}
