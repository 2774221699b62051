//! The one table of operations: every verb of the core once, with what it takes, what it gives, who may and what it
//! refuses. Each binding hands the name of a macro of its own to [`operations!`](crate::operations) and makes its
//! methods from what comes back.

/// Hands the table to the macro `$bind`, group by group:
///
/// ```text
/// group Group "about" {
///     #[doc = "what it does"]
///     kind verb(required: Type, ...) [optional: Type, ...] -> Result, who Permission, refuses [Code ...];
/// }
/// ```
///
/// Kinds: `read` and `list` are done in microseconds; `list` gives a page, and its last optional argument is the
/// paging; `change` writes; `special` takes a callback as well, and every binding writes it by hand.
/// Who may: `Anyone`, `HostOnly` (what the host itself does, for all companies), or one of the core's permissions.
/// Beside the codes that are named, every operation can be refused with those of the store, and with `not_an_id`.
#[macro_export]
macro_rules! operations {
    ($bind:ident) => {
        $bind! {
            companies Companies "Companies: sign up, look at, change." {
                #[doc = "Signs a company up with its first Admin and its permanent invite link, and welcomes the Admin by mail. The address may have a login already (a person who works with another company): then the password must be that login's own."]
                change sign_up(company: SignUp) [] -> SignedUp, who Anyone,
                    refuses [InvalidInput WrongPassword];
                #[doc = "The actor's company."]
                read get(actor: Actor) [] -> Company, who ReadCustomers, refuses [RoleTooLow NotFound];
                #[doc = "Changes the company's own data."]
                change update(actor: Actor, company: CompanyInput) [] -> Company, who SetUpCompany,
                    refuses [InvalidInput RoleTooLow NotFound];
                #[doc = "Sets what the company asks visitors beyond the usual: at most 30 questions. Requests filed before keep what they were asked."]
                change set_form(actor: Actor, questions: Vec<QuestionInput>) [] -> Company, who SetUpCompany,
                    refuses [InvalidInput RoleTooLow NotFound];
            }
            staff StaffMembers "The staff of a company: invite, accept, change the role, remove." {
                #[doc = "Invites a person to the staff, by a mail with a link that is good for seven days (`staff_invitation_lifetime`). An invitation that is still open, or a person who left, is invited anew; the older link dies. The answer is the same whether or not the address has a login already."]
                change invite(actor: Actor, person: StaffInput) [] -> Staff, who ManageStaff,
                    refuses [InvalidInput RoleTooLow AlreadyStaff NotFound];
                #[doc = "What the link of an invitation is about. Opening it consumes nothing."]
                read invitation(token: Secret) [] -> StaffInvitation, who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent];
                #[doc = "Accepts an invitation: from now on the person works here. Consumes the link. A password is what a person chooses who has none, or one from before the address was proved; who has one keeps it, and it is not looked at."]
                change accept(token: Secret) [password: Secret] -> Staff, who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent Required TooShort TooLong WeakPassword];
                #[doc = "Gives a member of the staff another role."]
                change set_role(actor: Actor, staff: StaffId, role: Role) [] -> Staff, who ManageStaff,
                    refuses [RoleTooLow NotFound LastAdmin WrongState];
                #[doc = "Removes a member of the staff, or takes an invitation back; everyone may leave. What the person may do here ends at once."]
                change remove(actor: Actor, staff: StaffId) [] -> (), who ManageStaff,
                    refuses [RoleTooLow NotFound LastAdmin WrongState];
                #[doc = "The staff, in the order they came, those who left included."]
                list list(actor: Actor) [paging: Paging] -> StaffPage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
            }
            price_types PriceTypes "The prices a company sells at." {
                #[doc = "Adds a price type: one line of at most 120 characters."]
                change add(actor: Actor, name: String) [] -> PriceType, who SetUpCompany,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound AlreadyThere];
                #[doc = "Renames a price type; customers who have it keep it."]
                change rename(actor: Actor, price_type: PriceTypeId, name: String) [] -> PriceType, who SetUpCompany,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound AlreadyThere];
                #[doc = "Retires a price type, or offers it again."]
                change set_state(actor: Actor, price_type: PriceTypeId, state: OfferState) [] -> PriceType,
                    who SetUpCompany, refuses [RoleTooLow NotFound];
                #[doc = "All price types, by name."]
                list list(actor: Actor) [paging: Paging] -> PriceTypePage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
            }
            carriers Carriers "The carriers a company ships with." {
                #[doc = "Adds a carrier: one line of at most 120 characters."]
                change add(actor: Actor, name: String) [] -> Carrier, who SetUpCompany,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound AlreadyThere];
                #[doc = "Renames a carrier; customers who have it keep it."]
                change rename(actor: Actor, carrier: CarrierId, name: String) [] -> Carrier, who SetUpCompany,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound AlreadyThere];
                #[doc = "Retires a carrier, or offers it again."]
                change set_state(actor: Actor, carrier: CarrierId, state: OfferState) [] -> Carrier,
                    who SetUpCompany, refuses [RoleTooLow NotFound];
                #[doc = "All carriers, by name."]
                list list(actor: Actor) [paging: Paging] -> CarrierPage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
            }
            invites Invites "The invite link, and the visitor's way through it." {
                #[doc = "The company's invite link. It is permanent: asking again gives the same."]
                read link(actor: Actor) [] -> InviteLink, who UseInviteLink, refuses [RoleTooLow NotFound];
                #[doc = "The QR code of the company's link as an SVG picture."]
                read qr_svg(actor: Actor) [options: QrOptions] -> String, who UseInviteLink,
                    refuses [RoleTooLow NotFound InvalidInput];
                #[doc = "The QR code of the company's link as a PNG picture, black on white, drawn in whole pixels a module and so at most as large as asked."]
                read qr_png(actor: Actor) [options: QrOptions] -> Bytes, who UseInviteLink,
                    refuses [RoleTooLow NotFound InvalidInput];
                #[doc = "Makes a new link take the place of the present one, whose printed copies then lead to `replaced`."]
                change replace(actor: Actor) [] -> InviteLink, who UseInviteLink, refuses [RoleTooLow NotFound];
                #[doc = "Lets the link take no requests for now."]
                change disable(actor: Actor) [] -> InviteLink, who UseInviteLink, refuses [RoleTooLow NotFound];
                #[doc = "Lets the link take requests again."]
                change enable(actor: Actor) [] -> InviteLink, who UseInviteLink, refuses [RoleTooLow NotFound];
                #[doc = "How far visitors have come, over all links the company ever had."]
                read funnel(actor: Actor) [] -> Funnel, who UseInviteLink, refuses [RoleTooLow];
                #[doc = "What the link leads to. Consumes nothing and can be opened for ever; only the count of openings grows."]
                change open(slug: String) [] -> Opened, who Anyone, refuses [UnknownLink];
                #[doc = "Mails a code to the address; a newer one kills the older. Known and unknown addresses get the same answer. `locale` is the language the visitor reads; the company's unless told."]
                change start(slug: String, email: String) [locale: String] -> Started, who Anyone,
                    refuses [UnknownLink LinkDisabled LinkReplaced Required TooLong ForbiddenCharacter NotAnEmail NotALocale TooOften];
                #[doc = "Takes the code from the mail. Five wrong tries spend it (`code_attempts`)."]
                change verify(visit: VisitId, code: Secret) [] -> Verified, who Anyone,
                    refuses [WrongCode CodeSpent CodeExpired NotFound LinkDisabled LinkReplaced];
                #[doc = "Files the request of a verified visitor: the company hears of it by mail, the visitor that it has arrived."]
                change submit(visit_pass: Secret, business: BusinessInput) [] -> RequestView, who Anyone,
                    refuses [InvalidInput UnknownToken VisitExpired LinkDisabled LinkReplaced RequestOpen AlreadyCustomer TooSoonAfterRejection];
                #[doc = "Where the visitor's latest request stands; nothing when there is none."]
                read standing(visit_pass: Secret) [] -> Option<RequestView>, who Anyone,
                    refuses [UnknownToken VisitExpired];
                #[doc = "Takes the visitor's open request back."]
                change withdraw(visit_pass: Secret) [] -> RequestView, who Anyone,
                    refuses [UnknownToken VisitExpired NotFound AlreadyDecided];
            }
            requests Requests "Requests to become a customer: look at, decide." {
                #[doc = "The company's requests of one state, the oldest first."]
                list list(actor: Actor, state: RequestState) [paging: Paging] -> RequestPage, who ReadRequests,
                    refuses [RoleTooLow NotACursor];
                #[doc = "One request."]
                read get(actor: Actor, request: RequestId) [] -> Request, who ReadRequests,
                    refuses [RoleTooLow NotFound];
                #[doc = "Makes the request a customer, inactive at first; tells the visitor, and the company how to activate it."]
                change approve(actor: Actor, request: RequestId) [decision: Decision] -> Approved, who DecideRequests,
                    refuses [InvalidInput RoleTooLow NotFound AlreadyDecided];
                #[doc = "Declines the request and tells the visitor, with the reason if one is given."]
                change reject(actor: Actor, request: RequestId) [decision: Decision] -> Request, who DecideRequests,
                    refuses [InvalidInput RoleTooLow NotFound AlreadyDecided];
                #[doc = "Decides many requests, each on its own: what one is refused for does not touch the others. Repeated under the same `key`, it changes nothing and gives the first answer, row by row; a call that was cut short goes on where it stopped."]
                special decide_many(actor: Actor, key: String, decisions: BulkDecision) [] -> Vec<BulkRow>,
                    who DecideRequests, refuses [InvalidInput RoleTooLow KeyReused];
                #[doc = "Writes down what nobody decided in time, at most `limit` requests, and tells the visitors; how many there were."]
                change expire(limit: u32) [] -> u32, who HostOnly, refuses [];
            }
            customers Customers "The customers of a company: look up, activate, price, serve." {
                #[doc = "One customer."]
                read get(actor: Actor, customer: CustomerId) [] -> Customer, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "The company's customers, by legal name; those of one state, or all."]
                list list(actor: Actor) [state: CustomerState, paging: Paging] -> CustomerPage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
                #[doc = "Finds customers by the beginnings of words of their names, contact, e-mail, phone and tax id; accents and case do not matter."]
                list search(actor: Actor, text: String) [paging: Paging] -> CustomerPage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
                #[doc = "Whether the customer can order, and if not, why not."]
                read can_order(actor: Actor, customer: CustomerId) [] -> CanOrder, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "The guided tour of the customer's activation, in `language` (`en`, `es`; English for others); the company's own unless told."]
                read tour(actor: Actor, customer: CustomerId) [language: String] -> Tour, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "Lets the customer in: step one. Who was let in before needs no second approval."]
                change activate(actor: Actor, customer: CustomerId) [] -> Customer, who SetUpCustomers,
                    refuses [RoleTooLow NotFound WrongState];
                #[doc = "Stops the customer's ordering at once."]
                change deactivate(actor: Actor, customer: CustomerId) [] -> Customer, who SetUpCustomers,
                    refuses [RoleTooLow NotFound WrongState];
                #[doc = "Keeps the customer out until unblocked."]
                change block(actor: Actor, customer: CustomerId) [] -> Customer, who SetUpCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "Ends a block; the customer is inactive then."]
                change unblock(actor: Actor, customer: CustomerId) [] -> Customer, who SetUpCustomers,
                    refuses [RoleTooLow NotFound WrongState];
                #[doc = "Sets the price type, the markup and the advanced settings: step two. What is left out is cleared."]
                change set_pricing(actor: Actor, customer: CustomerId, pricing: PricingInput) [] -> Customer,
                    who SetUpCustomers, refuses [InvalidInput RoleTooLow NotFound Retired];
                #[doc = "Sets the days of service, each with its carrier: step three. Replaces what was set before; no days at all stop the customer's ordering."]
                change set_service(actor: Actor, customer: CustomerId, days: Vec<ServiceDay>) [] -> Customer,
                    who SetUpCustomers, refuses [InvalidInput RoleTooLow NotFound Retired];
            }
            logins Logins "People who sign in." {
                #[doc = "The person of an address and a password. Known and unknown addresses are refused alike; wrong tries in a row lock the address for a while."]
                change authenticate(email: String, password: Secret) [] -> LoginId, who Anyone,
                    refuses [WrongPassword];
            }
            mails Mails "The outbox of all companies: deliver, look at, try again." {
                #[doc = "Hands mails that are due to the mailer, at most `limit` of them. Many workers may deliver at once. What is not taken is tried again later, and given up after twelve tries (`mail_attempts`); what the mailer said is in `failures`."]
                special deliver(limit: u32) [] -> Delivery, who HostOnly, refuses [];
                #[doc = "Mails of one state, those due first at the front."]
                list list(state: MailState) [paging: Paging] -> MailPage, who HostOnly, refuses [NotACursor];
                #[doc = "Tries a dead letter once more, now."]
                change revive(mail: MailId) [] -> Mail, who HostOnly, refuses [NotFound WrongState];
            }
            events Events "The audit trail of a company." {
                #[doc = "What happened at the actor's company, the newest first."]
                list list(actor: Actor) [filter: EventFilter, paging: Paging] -> EventPage, who ReadEvents,
                    refuses [InvalidInput RoleTooLow NotACursor];
            }
        }
    };
}
