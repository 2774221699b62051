//! Partners and their course, and what is kept of it all: mails, events, and what is held on a person.

/// Adds these groups to those before, and hands all on.
#[doc(hidden)]
#[macro_export]
macro_rules! operations_of_partners {
    ($bind:ident $($before:tt)*) => {
        $bind! {
            $($before)*
            partners Partners "Partner accounts: sign up, be designated by clients, work in their accounts." {
                #[doc = "Signs a partner account up with its owner, its number and its permanent referral link, and welcomes the owner by mail. The address may have a login already: then the password must be that login's own. A person works for one partner account at most."]
                change sign_up(partner: PartnerSignUp) [] -> PartnerSignedUp, who Anyone,
                    refuses [InvalidInput WrongPassword AlreadyThere];
                #[doc = "The partner account that the session acts for."]
                read get(session_token: Secret) [] -> PartnerView, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly];
                #[doc = "Changes the partner account's own data: its name, as its clients see it from now on, and the language of its mails. The number and the referral link stay, and a certificate keeps the name of its day."]
                change update(session_token: Secret, partner: PartnerInput) [] -> PartnerView, who SignedIn,
                    refuses [InvalidInput NotSignedIn SecondFactorNeeded PartnerOnly];
                #[doc = "The QR code of the referral link as an SVG picture."]
                read qr_svg(session_token: Secret) [options: QrOptions] -> String, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly InvalidInput];
                #[doc = "The QR code of the referral link as a PNG picture, black on white, drawn in whole pixels a module and so at most as large as asked."]
                read qr_png(session_token: Secret) [options: QrOptions] -> Bytes, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly InvalidInput];
                #[doc = "Opens a referral link: counts it, and gives what the host keeps through the sign-up. Whose attribution counts, when the visitor has an `earlier` one that is still good, says the policy `attribution_touch`: the last link that was opened, or the first. The link of a suspended partner is unknown."]
                change open_referral(slug: String) [earlier: String] -> Referral, who Anyone, refuses [UnknownLink];
                #[doc = "Designates the partner of a number, which an Admin pastes into the account settings of the company that the session acts for, and gives the password again; the partner's people can then enter the account and work in it. Another partner that was designated before is out at once. `code` is a code of the authenticator app, or a recovery code, where two-factor is on. Both sides get a mail. Only an Admin may."]
                change designate(session_token: Secret, number: String, password: Secret) [code: Secret]
                    -> DesignatedPartner, who SignedIn,
                    refuses [Required NotAPartnerNumber MistypedNumber UnknownPartner PartnerSuspended RoleTooLow NotSignedIn SecondFactorNeeded WrongPassword WrongCode TooOften];
                #[doc = "Takes the partner's number out of the box again: whatever the partner's people do in the account ends at their next call. Both sides get a mail."]
                change clear(actor: Actor) [] -> (), who DesignatePartner, refuses [RoleTooLow NotFound WrongState];
                #[doc = "The partner whom the actor's company designates; nothing when there is none."]
                read designated(actor: Actor) [] -> Option<DesignatedPartner>, who ReadCustomers, refuses [RoleTooLow];
                #[doc = "Sets how the company hears of its partner's visits."]
                change set_visit_notice(actor: Actor, notice: VisitNotice) [] -> (), who DesignatePartner,
                    refuses [RoleTooLow NotFound];
                #[doc = "The commerce accounts that designate the partner now."]
                list clients(session_token: Secret) [filter: ClientFilter, paging: Paging] -> ClientPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly NotACursor];
                #[doc = "Whether one click lets the partner into a client's account, and if not, exactly why."]
                read can_log_in(session_token: Secret, company: CompanyId) [] -> CanLogIn, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly NotFound];
                #[doc = "Lets the partner into a client's account by one click: the session holds one identity more, acts as it, and ends when it would have ended. It manages everything but passwords, two-factor, staff, the partner's number and billing. The visit stands in the client's audit trail, with the `reason` (one line of at most 200 characters) if one is given, and is told by mail if the client wants that. An earlier visit of the same session there is over."]
                change log_in(session_token: Secret, company: CompanyId) [reason: String] -> IdentityId, who SignedIn,
                    refuses [TooLong ForbiddenCharacter NotSignedIn SecondFactorNeeded PartnerOnly NotFound CannotLogIn TooMany];
                #[doc = "The visits of partners in the actor's company, the latest first."]
                list visits(actor: Actor) [paging: Paging] -> VisitPage, who ReadEvents,
                    refuses [RoleTooLow NotACursor];
                #[doc = "Ends a visit: the partner is out at the next call, and may enter again while the company designates it."]
                change end_visit(actor: Actor, visit: DelegationId) [] -> (), who DesignatePartner,
                    refuses [RoleTooLow NotFound WrongState];
                #[doc = "What happened to the partner account, the newest first."]
                list history(session_token: Secret) [paging: Paging] -> PartnerEventPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly NotACursor];
                #[doc = "Suspends a partner account: it works for no client from the next call on, and gets no new one."]
                change suspend(partner: PartnerId) [] -> (), who HostOnly, refuses [NotFound];
                #[doc = "Lets a suspended partner account work again, for the clients that still designate it."]
                change restore(partner: PartnerId) [] -> (), who HostOnly, refuses [NotFound];
            }
            courses Courses "The e-course: publish it, report what happens, look at the pages, be certified." {
                #[doc = "Publishes a course, or a newer version of the one that is published: an installation has one course. What was completed stays completed, and a certification stays. Who is in the middle moves on at the next signal or look at a page, keeps what still exists, and gets what the new version asks for and was done before. The same version again changes nothing. The format stands in docs/courses.md."]
                change publish(source: String, format: CourseFormat) [] -> PublishedCourse, who HostOnly,
                    refuses [NotACourse OlderCourse];
                #[doc = "The course that is published."]
                read published() [] -> PublishedCourse, who HostOnly, refuses [NotFound];
                #[doc = "Completes the course in tandem with one client from now on: its tasks count for the partner, those that it has completed before at once. One client at a time; what another completed until now stays completed."]
                change enable(session_token: Secret, company: CompanyId) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly NotFound];
                #[doc = "The partner's e-Course page, in `language` (`es`, `en-US`); the partner's own unless told. Who has not moved on to the present version of the course does so first."]
                change page(session_token: Secret) [language: String] -> CoursePage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly NotFound];
                #[doc = "The onboarding page of the actor's company: the course's tasks for commerce accounts, which every company has, in a tandem or not. A task that it completed shows on its partner's page alike. In `language` (`es`, `en-US`); the company's own unless told."]
                change onboarding(actor: Actor) [language: String] -> CoursePage, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "Whether every required task is completed, and if not, which are not: the partner is certified in the very change that completes the last."]
                change can_certify(session_token: Secret) [] -> CanCertify, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly NotFound];
                #[doc = "Reports a fact about an account. What it completes is completed, and the last task certifies, in this very commit. Reported again under the same key, it changes nothing and gives the first answer."]
                change signal(signal: SignalInput) [] -> Signalled, who HostOnly,
                    refuses [InvalidInput NotFound KeyReused];
                #[doc = "Reports many facts, in their order; what is wrong with one does not touch the others. They are committed in groups of 250, of which each is told; a call that was cut short is made again, and goes on where it stopped."]
                bulk signal_many(signals: Vec<SignalInput>) [] -> Vec<SignalRow>, who HostOnly, refuses [InvalidInput];
                #[doc = "The partner's certificate, with the course's title in `language`; the partner's own unless told."]
                read certificate(session_token: Secret) [language: String] -> CertificateView, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly NotFound];
                #[doc = "The certificate as a picture to print: an SVG page of A4, with a QR code that leads to where it is verified. In `language` (`en`, `es`; English for others); the partner's own unless told."]
                read certificate_svg(session_token: Secret) [language: String] -> String, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded PartnerOnly NotFound];
                #[doc = "Whether there is a certificate of this number, and whose: for anyone who is shown one, typed as it is printed or not. Tells no more than what is printed on it. The course's title is in `language`; in English unless told."]
                read verify(number: String) [language: String] -> VerifiedCertificate, who Anyone, refuses [NotFound];
                #[doc = "Computes the progress of a commerce account anew from everything that was reported of it, compares it with what is stored, and adds what is missing there."]
                change rebuild_company(company: CompanyId) [] -> Rebuilt, who HostOnly, refuses [NotFound];
                #[doc = "The same of a partner account, and of what its clients completed for it: rebuild them first."]
                change rebuild_partner(partner: PartnerId) [] -> Rebuilt, who HostOnly, refuses [NotFound];
            }
            mails Mails "The outbox of all companies: deliver, look at, try again." {
                #[doc = "Hands mails that are due to the mailer, at most `limit` of them. Many workers may deliver at once. What is not taken is tried again later, and given up after twelve tries (`mail_attempts`); what the mailer said is in `failures`."]
                special deliver(limit: u32) [] -> Delivery, who HostOnly, refuses [];
                #[doc = "Mails of one state, those due first at the front."]
                list list(state: MailState) [paging: Paging] -> MailPage, who HostOnly, refuses [NotACursor];
                #[doc = "Tries a dead letter once more, now."]
                change revive(mail: MailId) [] -> Mail, who HostOnly, refuses [NotFound WrongState];
            }
            privacy Privacy "Privacy: export everything that is held on a person, and erase a person." {
                #[doc = "Everything that the actor's company holds on the person of an address, row by row: the customer, its visits and requests, what makes the person a user of customers, the place on the staff, the tags, the counts kept by the address, the mails, the signals to the course and the events. Secrets are left out, and so are the other users of a customer. Nobody is known by the address where the first page is empty."]
                list export_person(actor: Actor, email: String) [paging: Paging] -> HeldPage, who ManagePrivacy,
                    refuses [Required TooLong ForbiddenCharacter NotAnEmail RoleTooLow NotACursor];
                #[doc = "Erases what the actor's company holds on the person of an address, for good: what is left is the fact that there was a customer, a request, a mail, an event, when, and what was done. A customer of that address is kept out at once, and its other users lose their access and are erased with it. The person's login stays, for it is no company's. Done in chunks of 250 rows; a call that was cut short goes on when it is made again. Nothing where nobody is known by the address, as after it was erased."]
                change erase_person(actor: Actor, email: String) [] -> Option<Erasure>, who ManagePrivacy,
                    refuses [Required TooLong ForbiddenCharacter NotAnEmail RoleTooLow WrongState];
                #[doc = "Everything that is held on a login, in all companies, row by row. Secrets are left out. What companies hold on the person beside, as customers and requests, is theirs to export."]
                list export_login(login: LoginId) [paging: Paging] -> HeldPage, who HostOnly,
                    refuses [NotFound NotACursor];
                #[doc = "Erases a login for good, in all companies: it is signed out everywhere and opens nothing any more, its address is free, and the person is removed from every staff and is user of no customer any more. A customer or a request of the same address is the company's record, and stays. Made again, it goes on where it was cut short, and gives the first answer once it is done."]
                change erase_login(login: LoginId) [] -> Erasure, who HostOnly, refuses [NotFound LastAdmin WrongState];
                #[doc = "Everything that is held on the login of the person who is signed in, as `export_login` tells it."]
                list export_own(session_token: Secret) [paging: Paging] -> HeldPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotACursor];
                #[doc = "Erases the login of the person who is signed in, as `erase_login` does. `code` is a code of the authenticator app, or a recovery code, where two-factor is on."]
                change erase_own(session_token: Secret, password: Secret) [code: Secret] -> Erasure, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongPassword Required WrongCode TooOften LastAdmin WrongState];
            }
            events Events "The audit trail of a company." {
                #[doc = "What happened at the actor's company, the newest first."]
                list list(actor: Actor) [filter: EventFilter, paging: Paging] -> EventPage, who ReadEvents,
                    refuses [InvalidInput RoleTooLow NotACursor];
            }
        }
    };
}
