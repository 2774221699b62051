//! `docs/scaling.md` lists every feature of SQL that the store uses, and no other: what a server is really sent, by every
//! promise of a store and by the library's own schema, is compared with the table there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};

use handfast::{
    Handfast, SCHEMA, example,
    store::{Store, conformance},
};
use handfast_postgres::{Options, Pooler, PostgresStore};
use handfast_postgres_server::{Safety, Server, schema};
use support::*;

/// Has the server write down what it is sent, each statement after an `@`, and nothing that is bound.
const TELL: &str = "log_statement = all\nlog_line_prefix = '@'\nlog_parameter_max_length = 0\n";

/// Everything that the store sends to a server.
fn sent() -> Vec<String> {
    let server = Server::start_with(Safety::Fast, TELL);
    let open = |options: Options| options.schema(schema()).open(&server.address()).unwrap();
    conformance::ALL.iter().for_each(|(_, promise)| promise(&open(PostgresStore::options())));
    let store = Arc::new(open(PostgresStore::options().pooler(Pooler::Transaction)));
    let handfast = Handfast::builder(store.clone()).build().unwrap();
    example::approved_customer(&handfast).unwrap();
    assert_eq!(store.migrate(&SCHEMA).unwrap(), SCHEMA.version);
    in_a_hosts_transaction(&server.address());
    let log = fs::read_to_string(server.folder().join("log")).unwrap();
    // what tells of a statement goes on until the next line that begins anew
    let told = log.split("\n@").filter_map(|told| told.strip_prefix("LOG:  "));
    let statement = |told: &str| {
        let (what, statement) = told.split_once(": ")?;
        (what == "statement" || what.starts_with("execute ")).then(|| statement.to_owned())
    };
    told.filter_map(statement).collect()
}

/// Changes in a transaction of a host's, some of which are refused.
fn in_a_hosts_transaction(address: &str) {
    let ((store, _), host) = (store_at(address, PostgresStore::options()), Beside::at(address));
    host.run("BEGIN");
    host.runtime.block_on(async {
        store.apply(&host.client, &changes(vec![], vec![insert(&shop(1))])).await.unwrap();
        store.apply(&host.client, &changes(vec![stands(1, 2)], vec![visit(1)])).await.unwrap_err();
    });
}

/// What a statement uses: its keywords, as they follow one another, and functions, types and settings.
struct Used {
    keywords: Vec<String>,
    others: BTreeSet<String>,
}

impl Used {
    fn of(statement: &str) -> Self {
        let tokens = tokens(statement);
        let is_keyword = |token: &str| token.len() > 1 && token.chars().all(|letter| letter.is_ascii_uppercase());
        let is_name = |token: &str| token.starts_with(|first: char| first.is_ascii_lowercase());
        let mut used = Used { keywords: Vec::new(), others: BTreeSet::new() };
        for (at, token) in tokens.iter().copied().enumerate() {
            let (before, after) = (at.checked_sub(1).map_or("", |at| tokens[at]), tokens.get(at + 1).copied());
            let other = match (before, token, after) {
                (_, "COLLATE" | "SHOW", Some(name)) => format!("{token} {name}"),
                _ if is_keyword(token) => {
                    used.keywords.push(token.to_owned());
                    continue;
                }
                (before, token, Some("(")) if is_name(token) && before != "AS" => format!("{token}()"),
                ("::", token, _) => format!("::{token}"),
                ("SET" | "LOCAL", token, Some("=" | "TO")) if token.contains('_') => format!("SET {token}"),
                (_, token, _) if token.starts_with("pg_catalog.") => token.to_owned(),
                (_, ")", Some("<" | ">")) if tokens.get(at + 2) == Some(&"(") => "(..) > (..)".to_owned(),
                // the type of a column follows its name
                (before, token, _) if is_name(token) && (is_name(before) || before == "'") => token.to_owned(),
                _ => {
                    used.keywords.push(String::new());
                    continue;
                }
            };
            used.keywords.push(String::new());
            used.others.insert(other);
        }
        used
    }
}

/// The words and signs of a statement; what is quoted is one, and told as `'`, but for the name of a collation.
fn tokens(statement: &str) -> Vec<&str> {
    let (mut tokens, mut rest) = (Vec::new(), statement.trim_start());
    while let Some(first) = rest.chars().next() {
        let is_word = |letter: char| letter.is_alphanumeric() || "_.$".contains(letter);
        let length = match first {
            '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            ':' if rest.starts_with("::") => 2,
            letter if is_word(letter) => rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        tokens.push(if matches!(first, '\'' | '"') && token != "\"C\"" { "'" } else { token });
        rest = after.trim_start();
    }
    tokens
}

/// What the table lists: keywords that follow one another, and all else.
fn listed() -> BTreeSet<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/scaling.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, section) = page.split_once("## The SQL that is used\n").expect("a section");
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let codes = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2));
    codes.map(str::to_owned).collect()
}

/// Cuts keywords into the phrases that are listed, the longest first: what is part of another is none of its own there. What
/// no phrase begins with stands for itself.
fn phrases(keywords: &[String], listed: &BTreeSet<String>) -> BTreeSet<String> {
    let (mut found, mut rest) = (BTreeSet::new(), keywords);
    while !rest.is_empty() {
        let joined = |words: usize| rest.get(..words).map(|words| words.join(" "));
        let phrase = (1..=LONGEST).rev().filter_map(|words| Some((words, joined(words)?)));
        let (words, phrase) =
            phrase.into_iter().find(|(_, phrase)| listed.contains(phrase)).unwrap_or((1, rest[0].clone()));
        found.insert(phrase);
        rest = &rest[words..];
    }
    // what stands between keywords
    found.remove("");
    found
}

/// Words of the longest phrase: `CREATE UNIQUE INDEX IF NOT EXISTS`.
const LONGEST: usize = 6;

#[test]
fn the_page_on_scaling_lists_every_feature_of_sql_that_is_used_and_no_other() {
    or_left_out!();
    let (listed, statements) = (listed(), sent());
    // each with a statement that uses it
    let mut used = BTreeMap::new();
    for statement in &statements {
        let Used { keywords, others } = Used::of(statement);
        used.extend(phrases(&keywords, &listed).into_iter().chain(others).map(|feature| (feature, statement)));
    }
    let unlisted: BTreeMap<_, _> = used.iter().filter(|(feature, _)| !listed.contains(*feature)).collect();
    let gone: Vec<_> = listed.iter().filter(|feature| !used.contains_key(*feature)).collect();
    assert!(unlisted.is_empty(), "used, and not listed in docs/scaling.md: {unlisted:#?}");
    assert!(gone.is_empty(), "listed in docs/scaling.md, and used no more: {gone:?}");
}

/// The words of SQL that stand in the sources: each was sent, or the comparison above has missed a statement.
#[test]
fn every_word_of_sql_in_the_sources_is_listed() {
    let listed = listed();
    let known: BTreeSet<&str> = listed.iter().flat_map(|code| code.split(' ')).collect();
    let mut unknown = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            // what tests ask besides, the store does not
            if path.to_str().is_some_and(|path| path.ends_with("_tests.rs")) {
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
            for literal in code.collect::<Vec<_>>().join("\n").replace("\\\"", " ").split('"').skip(1).step_by(2) {
                // what stands in braces is put in
                let texts = literal.split('{').map(|text| text.split_once('}').map_or(text, |(_, text)| text));
                let words =
                    texts.flat_map(|text| text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')));
                let is_word = |word: &&str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_uppercase());
                unknown.extend(words.filter(is_word).filter(|word| !known.contains(word)).map(str::to_owned));
            }
        }
    }
    // what an error tells of
    for word in ["SQLSTATE", "TLS"] {
        unknown.remove(word);
    }
    assert_eq!(unknown, BTreeSet::new(), "words of SQL that docs/scaling.md does not list");
}
