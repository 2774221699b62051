//! What people find in a mail: they read its text, so this does too.

/// A line of 6 to 10 digits and nothing else.
pub(crate) fn code(text: &str) -> Option<&str> {
    let is_code = |line: &&str| (6..=10).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit());
    text.lines().map(str::trim).find(is_code)
}

/// The first line that is a web address: the one of the mail's button.
pub(crate) fn link(text: &str) -> Option<&str> {
    text.lines().find(|line| line.starts_with("http://") || line.starts_with("https://"))
}

/// What follows the `#` of the link: the token that the page behind it reads.
pub(crate) fn token(text: &str) -> Option<&str> {
    link(text)?.split_once('#').map(|(_, token)| token)
}

/// A line of four groups of five letters and digits: a temporary password.
pub(crate) fn password(text: &str) -> Option<&str> {
    let is_group = |group: &str| group.len() == 5 && group.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.lines().map(str::trim).find(|line| line.split('-').count() == 4 && line.split('-').all(is_group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stands_alone_on_its_line() {
        assert_eq!(code("Hello 12345678,\n\n    04183375\n"), Some("04183375"));
        assert_eq!(code("It is valid for 10 minutes.\n12345\n12345678901\n"), None);
    }

    #[test]
    fn a_temporary_password_stands_alone_on_its_line() {
        assert_eq!(password("well-known words-here\n    a1b2c-d3e4f-g5h6j-k7m8n\n"), Some("a1b2c-d3e4f-g5h6j-k7m8n"));
        assert_eq!(password("a1b2c-d3e4f-g5h6j\n"), None);
    }

    #[test]
    fn a_token_is_what_follows_in_the_link() {
        let text = "Accept the invitation:\nhttp://localhost:8080/staff/invitation#abc\n";
        assert_eq!((link(text), token(text)), (Some("http://localhost:8080/staff/invitation#abc"), Some("abc")));
        assert_eq!(token("http://localhost:8080/shop\n"), None);
    }
}
