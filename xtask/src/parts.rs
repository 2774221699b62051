//! What generated files are split by, the same in every language: a file for each group of operations, under `groups`,
//! and one for each module of the contract's types, under `types`.

use std::collections::BTreeMap;

use handfast_contract::{
    Kind, OPERATIONS, Operation, RECORDS,
    shape::{ChoiceType, RecordType, Shape},
};

/// A group: its operations, and what they have in common.
#[derive(Clone, Copy)]
pub(crate) struct Group {
    /// `price_types`.
    pub(crate) name: &'static str,
    /// `PriceTypes`.
    pub(crate) class: &'static str,
    pub(crate) about: &'static str,
    pub(crate) operations: &'static [Operation],
}

/// The groups, in the order of the table.
pub(crate) fn groups() -> impl Iterator<Item = Group> {
    OPERATIONS.chunk_by(|one, next| one.group == next.group).filter_map(|operations| {
        let Operation { group: name, class, group_about: about, .. } = operations.first()?;
        Some(Group { name, class, about, operations })
    })
}

/// The types of one module.
#[derive(Default)]
pub(crate) struct Types {
    pub(crate) records: Vec<RecordType>,
    pub(crate) choices: Vec<ChoiceType>,
}

/// Types by the last name of their module: `customer`.
pub(crate) fn by_module(
    records: impl Iterator<Item = RecordType>,
    choices: impl Iterator<Item = ChoiceType>,
) -> BTreeMap<&'static str, Types> {
    let mut modules = BTreeMap::<_, Types>::new();
    records.for_each(|record| modules.entry(last(record.module)).or_default().records.push(record));
    choices.for_each(|choice| modules.entry(last(choice.module)).or_default().choices.push(choice));
    modules
}

/// The last name of a module.
pub(crate) fn last(module: &'static str) -> &'static str {
    module.rsplit("::").next().unwrap_or(module)
}

/// What a page is of, if the shape is a page.
pub(super) fn page_item(shape: &Shape) -> Option<Shape> {
    let is_page = OPERATIONS.iter().any(|operation| operation.kind == Kind::List && operation.result == *shape);
    let Shape::Record(name) = shape else { return None };
    let page = RECORDS.iter().find(|record| is_page && record.name == *name)?;
    page.fields.iter().find_map(|field| match field.shape {
        Shape::List(item) if field.name == "items" => Some(*item),
        _ => None,
    })
}
