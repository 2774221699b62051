//! The public verbs of the core with their parameters and the errors that their documentation names, read from its
//! sources.

use std::{fs, path::Path};

use handfast::Code;
use syn::{
    Attribute, Expr, ExprLit, GenericArgument, ImplItem, ImplItemFn, Item, ItemImpl, Lit, Meta, PathArguments,
    PathSegment, ReturnType, Type, Visibility,
};

/// One verb, as operations are named.
#[derive(Debug)]
pub(crate) struct Verb {
    pub(crate) name: String,
    pub(crate) parameters: usize,
    /// The codes after `Errors:`; none where the documentation names no errors.
    pub(crate) errors: Option<Vec<Code>>,
}

pub(crate) fn verbs() -> Vec<Verb> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src");
    let mut blocks = Vec::new();
    read(&core, &mut blocks);
    let groups = groups(&blocks);
    let mut verbs = Vec::new();
    for (group, holder) in &groups {
        let of_holder = blocks.iter().filter(|block| name(&block.self_ty).as_deref() == Some(holder));
        let before = verbs.len();
        verbs.extend(of_holder.flat_map(public).map(|method| verb(group, method)));
        assert!(verbs.len() > before, "no verb of {group} was found");
    }
    verbs
}

/// The `impl` blocks of types' own in a folder, however deep.
fn read(folder: &Path, blocks: &mut Vec<ItemImpl>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            read(&path, blocks);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            blocks.extend(source.items.into_iter().filter_map(|item| match item {
                Item::Impl(block) if block.trait_.is_none() => Some(block),
                _ => None,
            }));
        }
    }
}

/// The groups, each with the type that holds its verbs: the methods of `Handfast` that give a value which borrows it,
/// `pub fn invites(&self) -> Invites<'_>`.
fn groups(blocks: &[ItemImpl]) -> Vec<(String, String)> {
    let of_handle = blocks.iter().filter(|block| name(&block.self_ty).as_deref() == Some("Handfast"));
    let group = |method: &ImplItemFn| {
        let ReturnType::Type(_, given) = &method.sig.output else { return None };
        let group = method.sig.inputs.len() == 1 && borrows(given);
        group.then(|| Some((method.sig.ident.to_string(), name(given)?))).flatten()
    };
    of_handle.flat_map(public).filter_map(group).collect()
}

/// The public methods of a block.
fn public(block: &ItemImpl) -> impl Iterator<Item = &ImplItemFn> {
    block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => Some(method),
        _ => None,
    })
}

fn segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(ty) => ty.path.segments.last(),
        _ => None,
    }
}

fn name(ty: &Type) -> Option<String> {
    segment(ty).map(|segment| segment.ident.to_string())
}

/// Whether a type has a lifetime of its own: `Invites<'_>`, `Offers<'_, Carrier>`.
fn borrows(ty: &Type) -> bool {
    match segment(ty).map(|segment| &segment.arguments) {
        Some(PathArguments::AngleBracketed(of)) => {
            of.args.iter().any(|argument| matches!(argument, GenericArgument::Lifetime(_)))
        }
        _ => false,
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
