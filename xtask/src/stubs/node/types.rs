//! `types/customer.d.ts`: values, ids, choices, records and codes, with their documentation.

use std::{collections::BTreeSet, fmt::Write};

use handfast_contract::{
    Code, IDS,
    shape::{Field, RecordType, Shape},
};

use super::{
    HEAD, camel_case,
    imports::imports,
    records,
    words::{doc, ts, union},
};
use crate::parts::Types;

const BASE: &str = "
declare const brand: unique symbol;

/** A text that is a `Name`, and no other one. A text from outside becomes one by `text as CustomerId`. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };

/** An exact decimal: digits with an optional point and sign. No float comes near it. */
export type Decimal = Brand<'Decimal'>;

/** A decimal as it is given: also a text that can be seen to be one, `'12.5'`. */
export type DecimalInput = Decimal | `${number}`;

/** An answer: a text (or the choice that was taken), yes or no, or several choices. */
export type AnswerValue = string | boolean | string[];

/**
 * Who acts for a company: a member of its staff, whom the host has signed in and vouches for, or who holds a session; a
 * Certified Partner in its account (`sessions.resolve` gives both of these); or the host itself (its operators and its own
 * jobs), which may do everything.
 */
export type Actor =
  | { as: 'staff'; login: LoginId; company: CompanyId }
  | { as: 'session'; session: SessionId; identity: IdentityId; login: LoginId; company: CompanyId }
  | {
      as: 'partner';
      session: SessionId;
      identity: IdentityId;
      login: LoginId;
      partner: PartnerId;
      delegation: DelegationId;
      company: CompanyId;
    }
  | { as: 'host'; company: CompanyId };
";

/// The file of single values and ids.
pub(super) fn values() -> String {
    let mut text = format!("{HEAD}{BASE}");
    for id in IDS {
        // a record of any kind: its own id is one of those
        let name = if id.name == "RecordId" { "string".to_owned() } else { format!("'{}'", id.name) };
        let _ = write!(text, "\n{}export type {} = Brand<{name}>;\n", doc("", id.about, &[]), id.name);
    }
    text
}

/// The file of codes and their categories.
pub(super) fn codes() -> String {
    let categories: BTreeSet<_> = Code::ALL.iter().map(|code| code.category().as_str()).collect();
    let mut text = format!("{HEAD}\n/** The families of the codes. Each has a subclass of `HandfastError`. */\n");
    text.push_str(&union("ErrorCategory", categories.into_iter()));
    text.push_str("\n/** What went wrong: what a program decides by. A code keeps its name and its meaning. */\n");
    text + &union("ErrorCode", Code::ALL.iter().map(|code| code.as_str()))
}

/// The file of a module.
pub(super) fn types(types: &Types) -> String {
    let mut body = String::new();
    for choice in &types.choices {
        let each: Vec<_> =
            choice.choices.iter().map(|each| format!("- `{}`: {}", (each.text)(), each.about.trim())).collect();
        let texts = choice.choices.iter().map(|each| (each.text)());
        let _ = write!(body, "\n{}{}", doc("", choice.about, &each), union(choice.name, texts));
    }
    let inputs = inputs();
    types.records.iter().for_each(|each| body.push_str(&record(each, inputs.contains(each.name))));
    format!("{HEAD}{}{body}", imports(&body))
}

/// The records that are given, and not got: where decimals may be written down.
fn inputs() -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let parameters = handfast_contract::OPERATIONS.iter().flat_map(|operation| operation.parameters);
    let mut shapes: Vec<_> = parameters.map(|parameter| parameter.shape).collect();
    while let Some(shape) = shapes.pop() {
        match shape {
            Shape::Optional(inner) | Shape::List(inner) | Shape::Map(inner) => shapes.push(*inner),
            Shape::Record(name) if found.insert(name) => {
                let fields = records().filter(|record| record.name == name).flat_map(|record| record.fields);
                shapes.extend(fields.map(|field| field.shape));
            }
            _ => {}
        }
    }
    found
}

fn record(record: &RecordType, is_input: bool) -> String {
    let mut text = format!("\n{}export interface {} {{\n", doc("", record.about, &[]), record.name);
    for field in record.fields {
        let (name, left_out) = (camel_case(field.name), field.may_be_left_out);
        let ty = ts(field.shape, is_input || left_out);
        let unit = if is_span(field) { " In milliseconds." } else { "" };
        text.push_str(&doc("  ", &format!("{}{unit}", field.about.trim()), &[]));
        let _ = match left_out {
            true => writeln!(text, "  {name}?: {ty} | undefined;"),
            false => writeln!(text, "  {name}: {ty};"),
        };
    }
    text + "}\n"
}

fn is_span(field: &Field) -> bool {
    matches!(field.shape, Shape::Duration | Shape::Optional(Shape::Duration))
}
