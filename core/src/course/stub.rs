use crate::Result;
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
