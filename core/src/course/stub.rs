use super::*;
use crate::{Result, store::json_field};
use std::collections::{BTreeMap, BTreeSet};
crate::value::choices! { /// f
pub enum CourseFormat { /// t
Toml="toml", /// j
Json="json" } }
impl Course {
    /// p
    pub fn parse(_: &str, _: CourseFormat) -> Result<Self> {
        Err(crate::Error::new(crate::Code::Internal))
    }
}
/// t
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Tallies(BTreeMap<CourseKey, Tally>);
/// t
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tally {
    /// c
    pub count: u32,
    /// v
    pub values: BTreeSet<String>,
}
json_field!(Tallies);
/// c
#[derive(PartialEq, Eq, Debug)]
pub enum Counted {
    /// n
    Nothing,
    /// c
    Counted,
    /// c
    Complete,
}
impl Tallies {
    /// c
    pub fn count(&mut self, _: &CourseKey, _: &Task, _: &SignalName, _: &Fields) -> Counted {
        Counted::Nothing
    }
}
/// f
pub fn completed<'a>(
    _: &Course,
    _: Side,
    _: impl Iterator<Item = (&'a SignalName, &'a Fields)>,
) -> (Vec<(CourseKey, usize)>, Tallies) {
    Default::default()
}
/// D
pub struct Drawing<'a> {
    /// n
    pub name: &'a str,
    /// n
    pub title: &'a str,
    /// n
    pub number: &'a str,
    /// n
    pub issued: &'a str,
    /// n
    pub version: u32,
    /// n
    pub digest: &'a str,
    /// n
    pub url: &'a str,
    /// n
    pub language: &'a str,
    /// n
    pub product: &'a str,
}
impl Drawing<'_> {
    /// s
    pub fn svg(&self) -> Result<String> {
        Ok(String::new())
    }
}
