//! What a company sets up: itself, its staff, its lists, its invite link, and the requests that come by it.

/// Adds these groups to those before, and hands all on.
#[doc(hidden)]
#[macro_export]
macro_rules! operations_of_companies {
    ($bind:ident) => {
        $crate::operations_of_customers! {
            $bind
            companies Companies "Companies: sign up, look at, change." {
                #[doc = "Signs a company up with its first Admin and its permanent invite link, and welcomes the Admin by mail. The address may have a login already (a person who works with another company): then the password must be that login's own. Who came by a partner's referral link designates that partner from the beginning; an attribution that does not count is ignored, and `referral` says why."]
                change sign_up(company: SignUp) [] -> SignedUp, who Anyone,
                    refuses [InvalidInput WrongPassword];
                #[doc = "The actor's company."]
                read get(actor: Actor) [] -> Company, who ReadCustomers, refuses [RoleTooLow NotFound];
                #[doc = "Changes the company's own data. The end of the trial is a matter of billing, which a Certified Partner leaves as it is."]
                change update(actor: Actor, company: CompanyInput) [] -> Company, who SetUpCompany,
                    refuses [InvalidInput RoleTooLow NotFound Delegated];
                #[doc = "Sets what the company asks visitors beyond the usual: at most 30 questions. Requests filed before keep what they were asked."]
                change set_form(actor: Actor, questions: Vec<QuestionInput>) [] -> Company, who SetUpCompany,
                    refuses [InvalidInput RoleTooLow NotFound];
                #[doc = "Sets how people get in: with a link or a temporary password, and whether the staff needs a second factor. Who of the staff has none can only set one up from the next call on."]
                change set_access(actor: Actor, access: AccessInput) [] -> Company, who ManageAccess,
                    refuses [RoleTooLow NotFound];
                #[doc = "The company stays after its trial, also after it has lapsed."]
                change convert_trial(actor: Actor) [] -> Company, who ManageBilling,
                    refuses [RoleTooLow NotFound WrongState];
                #[doc = "Calls the trial off."]
                change cancel_trial(actor: Actor) [] -> Company, who ManageBilling,
                    refuses [RoleTooLow NotFound WrongState];
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
                #[doc = "Limits a member of the staff to some departments, at most 20; none is the whole company. It holds from the next call on: who is limited sees the customers of those departments only. Only Sales Manager and Staff can be limited; who gets another role works in the whole company again."]
                change limit(actor: Actor, staff: StaffId, departments: Vec<DepartmentId>) [] -> Staff, who ManageStaff,
                    refuses [TooMany RoleTooLow NotFound WrongState];
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
            departments Departments "The parts of a company that have their own customers." {
                #[doc = "Adds a department: one line of at most 120 characters."]
                change add(actor: Actor, name: String) [] -> Department, who SetUpCompany,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound AlreadyThere];
                #[doc = "Renames a department."]
                change rename(actor: Actor, department: DepartmentId, name: String) [] -> Department, who SetUpCompany,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound AlreadyThere];
                #[doc = "Retires a department, which takes no new customers then and keeps those it has; or offers it again."]
                change set_state(actor: Actor, department: DepartmentId, state: OfferState) [] -> Department,
                    who SetUpCompany, refuses [RoleTooLow NotFound];
                #[doc = "All departments, by name."]
                list list(actor: Actor) [paging: Paging] -> DepartmentPage, who ReadCustomers,
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
                #[doc = "Notes that the link was shared: printed, mailed, put on a page. Gives the link, as `link` does."]
                change share(actor: Actor) [] -> InviteLink, who UseInviteLink, refuses [RoleTooLow NotFound];
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
                bulk decide_many(actor: Actor, key: String, decisions: BulkDecision) [] -> Vec<BulkRow>,
                    who DecideRequests, refuses [InvalidInput RoleTooLow KeyReused];
                #[doc = "Writes down what nobody decided in time, at most `limit` requests, and tells the visitors; how many there were."]
                change expire(limit: u32) [] -> u32, who HostOnly, refuses [];
            }
        }
    };
}
