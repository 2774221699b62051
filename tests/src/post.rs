use handfast::{
    mail::{MailKind, Message},
    value::EmailAddress,
};

/// Mails that were delivered, in their order.
#[derive(Clone, Debug, Default)]
pub struct Post(pub Vec<Message>);

impl Post {
    /// Those of one kind.
    pub fn of(&self, kind: MailKind) -> Post {
        Post(self.0.iter().filter(|mail| mail.kind == kind).cloned().collect())
    }

    /// Those to one address, however it is written.
    pub fn to(&self, address: &str) -> Post {
        let canonical = |address: &str| EmailAddress::parse(address).unwrap().canonical().to_owned();
        Post(self.0.iter().filter(|mail| canonical(&mail.to) == canonical(address)).cloned().collect())
    }

    /// Their kinds.
    pub fn kinds(&self) -> Vec<MailKind> {
        self.0.iter().map(|mail| mail.kind).collect()
    }

    /// Their recipients, sorted.
    pub fn recipients(&self) -> Vec<String> {
        let mut recipients: Vec<_> = self.0.iter().map(|mail| mail.to.clone()).collect();
        recipients.sort_unstable();
        recipients
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The codes in them, the oldest first.
    pub fn codes(&self) -> Vec<String> {
        let is_code = |word: &&str| word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        let code = |mail: &Message| mail.text.split_whitespace().find(is_code).map(str::to_owned);
        self.of(MailKind::VisitorCode).0.iter().filter_map(code).collect()
    }

    /// The newest code.
    pub fn code(&self) -> String {
        self.codes().pop().expect("a mail with a code")
    }

    /// The token of the newest invitation to a staff.
    pub fn token(&self) -> String {
        self.after("staff/invitation#")
    }

    /// The token of the newest invitation of a user.
    pub fn user_token(&self) -> String {
        self.after("users/invitation#")
    }

    /// The newest temporary password.
    pub fn temporary_password(&self) -> String {
        let mails = self.of(MailKind::UserPassword);
        let is_one = |word: &&str| word.len() == 23 && word.matches('-').count() == 3;
        let mut found = mails.0.iter().filter_map(|mail| mail.text.split_whitespace().find(is_one));
        found.next_back().expect("a mail with a temporary password").to_owned()
    }

    /// The token in the link of the newest mail of a kind.
    pub fn token_of(&self, kind: MailKind) -> String {
        self.of(kind).after("#")
    }

    /// What follows `before` in the newest mail that holds it.
    fn after(&self, before: &str) -> String {
        let after = self.0.iter().rev().find_map(|mail| mail.text.split_once(before)).expect("a mail with a link").1;
        after.split(|end: char| end.is_whitespace() || end == '>').next().expect("a token").to_owned()
    }
}
