use handfast::invite as core;

use super::{RequestView, VisitId};
use crate::{
    scalar::{AnswerValue, Secret, Timestamp},
    shape::{Argument, Fits, Lend, Outward, choice, record},
};

choice! {
    /// How a question is answered.
    pub enum QuestionKind {
        /// With a text of at most 2,000 characters.
        Text = "text",
        /// With one of several choices.
        Choice = "choice",
        /// With yes or no.
        Checkbox = "checkbox",
    }
}

choice! {
    /// Where an invite link stands.
    pub enum LinkState of core::LinkState {
        /// Takes requests.
        Active,
        /// Takes none for now.
        Disabled,
        /// Another link took its place, for good.
        Replaced,
    }
}

choice! {
    /// What an opened link leads to.
    pub enum LinkStanding of core::LinkStanding {
        /// The visitor can begin.
        Open,
        /// The company takes no requests now.
        Disabled,
        /// The company has a newer link; this one tells no more than that.
        Replaced,
    }
}

choice! {
    /// How much of a QR code may be lost and still be read (ISO/IEC 18004).
    pub enum ErrorCorrection of core::ErrorCorrection {
        /// 7%.
        Low,
        /// 15%.
        Medium,
        /// 25%.
        Quartile,
        /// 30%: for flyers that get wet, or a logo in the middle.
        High,
    }
}

record! {
    /// A question, not yet checked.
    pub struct QuestionInput into core::QuestionInput {
        /// Its name in the answers: small letters, digits and `_`, at most 40.
        key: String,
        /// What the visitor reads: one line of at most 200 characters.
        label: String,
        /// How it is answered.
        kind: QuestionKind,
    } optional {
        /// Between 2 and 100 choices of at most 120 characters, for `choice`.
        choices: Vec<String>,
        /// Whether it must be answered; not unless told.
        required: bool,
    }
}

impl Fits<String> for QuestionKind {
    fn fit(self) -> handfast::Result<String> {
        Ok(self.as_str().to_owned())
    }
}

record! {
    /// One question of a company's form.
    pub struct Question by hand {
        /// Its name in the answers.
        key: String,
        /// What the visitor reads.
        label: String,
        /// How it is answered.
        kind: QuestionKind,
        /// The choices, as the visitor reads them; none for other kinds.
        choices: Vec<String>,
        /// Whether it must be answered; a checkbox that must be is to be checked.
        required: bool,
    }
}

impl Outward<Vec<Question>> for core::RequestForm {
    fn outward(self) -> Vec<Question> {
        self.questions().iter().cloned().map(Outward::outward).collect()
    }
}

impl Outward<Question> for core::Question {
    fn outward(self) -> Question {
        let (kind, choices) = match self.kind {
            core::QuestionKind::Text => (QuestionKind::Text, Vec::new()),
            core::QuestionKind::Checkbox => (QuestionKind::Checkbox, Vec::new()),
            core::QuestionKind::Choice { choices } => (QuestionKind::Choice, choices.outward()),
        };
        Question { key: self.key, label: self.label.into(), kind, choices, required: self.required }
    }
}

record! {
    /// An answer, with the question as it was asked: a form that changes later changes no answer.
    pub struct Answer from core::Answer {
        /// The question's name.
        key: String,
        /// The question as the visitor read it.
        label: String,
        /// The answer.
        value: AnswerValue,
    }
}

impl Outward<Vec<Answer>> for core::Answers {
    fn outward(self) -> Vec<Answer> {
        self.all().iter().cloned().map(Outward::outward).collect()
    }
}

record! {
    /// An invite link as those see it who may share it.
    pub struct InviteLink from core::LinkView {
        /// The URL to share: on the host's base address.
        url: String,
        /// Its last part.
        slug: String,
        /// Whether it takes requests.
        state: LinkState,
        /// When it was made.
        created: Timestamp,
    }
}

record! {
    /// How far visitors have come, over all links of the company.
    pub struct Funnel from core::Funnel {
        /// Links opened.
        opened: i64,
        /// Addresses verified.
        verified: i64,
        /// Requests filed.
        submitted: i64,
        /// Requests approved.
        approved: i64,
        /// Customers who can order.
        activated: i64,
    }
}

record! {
    /// How the QR code of a link is drawn.
    pub struct QrOptions by hand {
    } optional {
        /// The side of the picture in pixels, 64 to 4,096; 512 unless told.
        size: u32,
        /// How much of it may be dirty or torn; medium unless told.
        error_correction: ErrorCorrection,
        /// The white border in modules, 0 to 16; 4 unless told, as ISO/IEC 18004 asks.
        quiet_zone: u32,
    }
}

impl Lend for core::QrOptions {
    type Lent<'a> = &'a core::QrOptions;
    fn lend(&self) -> &core::QrOptions {
        self
    }
}

impl Argument for Option<QrOptions> {
    type Core = core::QrOptions;
    fn core(self) -> handfast::Result<Self::Core> {
        let usual = core::QrOptions::default();
        let Some(QrOptions { size, error_correction, quiet_zone }) = self else { return Ok(usual) };
        Ok(core::QrOptions {
            size: size.unwrap_or(usual.size),
            error_correction: error_correction.fit()?.unwrap_or(usual.error_correction),
            quiet_zone: quiet_zone.unwrap_or(usual.quiet_zone),
        })
    }
}

record! {
    /// What a visitor sees who opens the link.
    pub struct Opened from core::Opened {
        /// Whether one can begin.
        standing: LinkStanding,
        /// The company's name.
        company: String,
        /// The language of the company.
        locale: String,
        /// What the company asks beyond the usual; empty unless one can begin.
        form: Vec<Question>,
    }
}

record! {
    /// A code is on its way.
    pub struct Started from core::Started {
        /// Give it back together with the code.
        visit: VisitId,
        /// Until when the code is good.
        expires: Timestamp,
        /// When another can be asked for.
        resend_from: Timestamp,
    }
}

record! {
    /// The address is the visitor's own.
    pub struct Verified by hand {
        /// What the visitor holds from now on: files, shows and withdraws the request.
        visit_pass: Secret,
        /// Until when.
        expires: Timestamp,
        /// The request of this address, when there is one already.
        request: Option<RequestView>,
    }
}

impl Outward<Verified> for core::Verified {
    fn outward(self) -> Verified {
        let (visit_pass, expires, request) = (self.pass.outward(), self.expires.outward(), self.request.outward());
        Verified { visit_pass, expires, request }
    }
}
