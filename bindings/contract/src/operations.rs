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
/// paging; `change` writes; `bulk` writes many rows, and takes a listener who hears how far it has come; `special` takes
/// another callback, and every binding writes it by hand.
/// Who may: `Anyone`, `SignedIn` (who has the token of a session), `HostOnly` (what the host itself does, for all companies), or one of the core's permissions.
/// Beside the codes that are named, every operation can be refused with those of the store, and with `not_an_id`; one
/// with an actor of a session also with `not_signed_in`, `second_factor_needed`, `access_ended`, `two_factor_required`,
/// and one with a session's token with `access_ended`, when the login that it acts as was signed out elsewhere. A Certified
/// Partner in a client's account is refused with `delegated` whatever stays with the client's own Admins, and whatever
/// takes a session's token.
#[macro_export]
macro_rules! operations {
    ($bind:ident) => {
        $bind! {
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
            customers Customers "The customers of a company: create on their behalf, look up, activate, price, serve." {
                #[doc = "Creates a customer on its behalf, inactive at first. An address that is a customer already is found and offered, not created twice; so the same call made again changes nothing. Other customers of the same name or phone number are told as a warning. With `mail` the customer gets a link to choose a password; a person who has a login already is asked to confirm, and nothing of that login is touched. Who is limited to departments names one of those."]
                change create(actor: Actor, customer: CustomerInput, notice: Notice) [] -> CreatedCustomer, who SetUpCustomers,
                    refuses [InvalidInput RoleTooLow NotFound Required Retired AlreadyThere AlreadyCustomer TooOften];
                #[doc = "Changes what the staff has written down of a customer. Replaces what was there; the address stays, whatever the input has."]
                change update(actor: Actor, id: CustomerId, customer: CustomerInput) [] -> Customer, who SetUpCustomers,
                    refuses [InvalidInput RoleTooLow NotFound Required Retired AlreadyThere];
                #[doc = "Sends the customer the mail about its account: to who was created silently, or once more. Who was revoked gets none: that stays with the Admins, who took the access back."]
                change notify(actor: Actor, customer: CustomerId) [] -> Association, who SetUpCustomers,
                    refuses [RoleTooLow NotFound AlreadyThere WrongState TooOften];
                #[doc = "One customer."]
                read get(actor: Actor, customer: CustomerId) [] -> Customer, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "The company's customers, by legal name; those of one state, or all."]
                list list(actor: Actor) [state: CustomerState, paging: Paging] -> CustomerPage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
                #[doc = "Finds customers by the beginnings of words of their names, contact, e-mail, tax id and number, and by their phone number however it is written; accents and case do not matter. Whole words come first. A filter leaves those of a department, a state or a tag; a blank text finds all that a filter leaves. Who is limited to departments finds those of its own."]
                list search(actor: Actor, text: String) [filter: CustomerFilter, paging: Paging] -> CustomerPage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
                #[doc = "Customers for the till, from one string: whose e-mail address, customer number or order number it is. Only where it is nobody's, those that `search` finds, then those that have a tag of this name; at most ten."]
                read lookup(actor: Actor, text: String) [] -> Vec<Customer>, who ReadCustomers, refuses [RoleTooLow];
                #[doc = "A customer's page: contact, tags, users, orders with what they come to, guest orders that may be its own, what happened. Lists show their first 20. Who is limited to departments sees the orders placed there, and nothing of the others in the timeline."]
                read overview(actor: Actor, customer: CustomerId) [] -> CustomerOverview, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "What happened to a customer, its users and its orders, the newest first."]
                list timeline(actor: Actor, customer: CustomerId) [paging: Paging] -> EventPage, who ReadCustomers,
                    refuses [RoleTooLow NotFound NotACursor];
                #[doc = "Imports customers from a table, CSV or JSON Lines, whose columns stand in docs/tables.md, each row as `create` would: what one is refused for, told fault by fault, does not touch the others. Departments and tags are those of the name, which must be there. An address that is a customer already is left as it is, or with `update` changed to what the row says: columns that the table lacks stay, and tags are added and never taken away. A dry run writes nothing and tells the same refusals. Repeated under the same `key`, it changes nothing and gives the first answer, row by row; a call that was cut short goes on where it stopped, and a long table can come in several calls under one key, each with its `first_row`."]
                bulk import_many(actor: Actor, key: String, customers: ImportInput) [] -> Vec<CustomerRow>, who SetUpCustomers,
                    refuses [InvalidInput RoleTooLow KeyReused];
                #[doc = "Customers as a table, CSV or JSON Lines, page by page: only those that a filter leaves, the oldest first; all by legal name without one. Pages put one behind the other are one file, which `import_many` takes as it is. A cell of CSV that a spreadsheet would take for a formula has an apostrophe in front, which an import takes away again. Who is limited to departments gets the customers of its own."]
                read export_table(actor: Actor, format: TableFormat) [filter: CustomerFilter, paging: Paging] -> ExportPage, who ReadCustomers,
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
            checkout Checkout "Who can check out: guests, customers with an account, or both." {
                #[doc = "What to show at checkout: who can check out in a department, or in the company as a whole, and where that is set."]
                read options(actor: Actor) [department: DepartmentId] -> CheckoutOptions, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "Sets who can check out in the company, or in one department, which then has its own setting whatever the company's is. Both cannot be off."]
                change set(actor: Actor, checkout: CheckoutInput) [department: DepartmentId] -> CheckoutOptions, who SetUpCompany,
                    refuses [NobodyCouldOrder RoleTooLow NotFound];
                #[doc = "Lets a department have the company's setting again."]
                change inherit(actor: Actor, department: DepartmentId) [] -> CheckoutOptions, who SetUpCompany,
                    refuses [RoleTooLow NotFound];
            }
            orders Orders "References to the orders that the host has taken, of customers and of guests." {
                #[doc = "Records an order that the host has taken, of a customer or of a guest. The number is the key: the same order once more changes nothing and gives what is there. An order of a guest is refused where guest checkout is off, a customer's where accounts are off or the customer cannot order; answers that do not fit what is asked are, with every fault under `answers.`."]
                change record(actor: Actor, order: OrderInput) [] -> Order, who SetUpCustomers,
                    refuses [InvalidInput RoleTooLow NotFound Required AlreadyThere GuestsOff AccountsOff CannotOrder];
                #[doc = "One order. Who is limited to departments sees those placed there."]
                read get(actor: Actor, order: OrderId) [] -> Order, who ReadCustomers, refuses [RoleTooLow NotFound];
                #[doc = "What was answered at checkout with an order, as it was asked then, in `language` where there is that; the company's own otherwise."]
                read answers(actor: Actor, order: OrderId) [language: String] -> Vec<CheckoutAnswer>, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "The answers of all orders that have any, the newest order first, as CSV, page by page: of one department, or of the whole company. Pages put one behind the other are one file. The columns are `order`, `placed`, one for each question that is asked now, and `other` with what has none; where the questions change between two pages the file is begun again."]
                read export_answers(actor: Actor) [department: DepartmentId, language: String, paging: Paging] -> ExportPage, who ReadCustomers,
                    refuses [RoleTooLow NotFound NotACursor];
                #[doc = "The company's orders, the newest first."]
                list list(actor: Actor) [paging: Paging] -> OrderPage, who ReadCustomers, refuses [RoleTooLow NotACursor];
                #[doc = "Finds orders by the beginnings of words of their number, the buyer's address and name; accents and case do not matter. A filter leaves those of a department or a state; a blank text with a filter finds all that it leaves."]
                list search(actor: Actor, text: String) [filter: OrderFilter, paging: Paging] -> OrderPage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
                #[doc = "A customer or an order from one box: an order number, an e-mail address, a name, a phone number, a customer number, a tag. At most ten of each; an order of exactly this number is the only one."]
                read look_up(actor: Actor, text: String) [] -> LookedUp, who ReadCustomers, refuses [RoleTooLow];
                #[doc = "The orders of one customer, the newest first."]
                list of_customer(actor: Actor, customer: CustomerId) [paging: Paging] -> OrderPage, who ReadCustomers,
                    refuses [RoleTooLow NotFound NotACursor];
                #[doc = "What one customer has ordered, by place and currency."]
                read totals(actor: Actor, customer: CustomerId) [] -> Vec<OrderTotal>, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "Links a guest order to a customer: the order is the customer's from then on. Linking it to the customer that has it changes nothing; one that another has is unlinked first."]
                change link(actor: Actor, order: OrderId, customer: CustomerId) [] -> Order, who SetUpCustomers,
                    refuses [RoleTooLow NotFound AlreadyThere WrongState];
                #[doc = "Takes a linked order from its customer: it is a guest's again, and can be linked anew."]
                change unlink(actor: Actor, order: OrderId) [] -> Order, who SetUpCustomers,
                    refuses [RoleTooLow NotFound WrongState];
                #[doc = "The orders of the customer whom the session acts for, the newest first."]
                list mine(session_token: Secret) [paging: Paging] -> OrderPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded AccessEnded CustomerInactive CustomerOnly NotACursor];
                #[doc = "Your past orders: guest orders of the company that nobody has, placed with the address that the signed-in person has proved to be theirs; the newest first."]
                list claimable(session_token: Secret) [paging: Paging] -> OrderPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded AccessEnded CustomerInactive CustomerOnly NotACursor];
                #[doc = "Links one of them to the customer. Any other order is not there. Claiming it once more changes nothing."]
                change claim(session_token: Secret, order: OrderId) [] -> Order, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded AccessEnded CustomerInactive CustomerOnly NotFound];
            }
            tags Tags "Tags: what customers are marked with, to find them again together." {
                #[doc = "Creates a tag: one line of at most 60 characters, unique at the company without regard to case and accents. Who is limited to departments may not."]
                change create(actor: Actor, name: String) [] -> Tag, who ManageTags,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound AlreadyThere];
                #[doc = "Renames a tag; customers that have it keep it."]
                change rename(actor: Actor, tag: TagId, name: String) [] -> Tag, who ManageTags,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound AlreadyThere];
                #[doc = "All tags, by name. Who is limited to departments is not told how many customers have them."]
                list list(actor: Actor) [paging: Paging] -> TagPage, who ReadCustomers,
                    refuses [RoleTooLow NotACursor];
                #[doc = "Marks a customer with a tag; one that has it is left as it is. A customer has 50 tags at most."]
                change add(actor: Actor, customer: CustomerId, tag: TagId) [] -> Customer, who SetUpCustomers,
                    refuses [RoleTooLow NotFound TooMany];
                #[doc = "Takes a tag from a customer; one that does not have it is left as it is."]
                change remove(actor: Actor, customer: CustomerId, tag: TagId) [] -> Customer, who SetUpCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "Adds a tag to many customers, or removes it: those that are named, that a search finds, or that have another tag. 250 in one commit, so that others get their turn between. A dry run writes nothing and tells the same numbers. Repeated under the same `key`, it changes nothing and gives the first answer; a call that was cut short goes on where it stopped."]
                bulk apply_many(actor: Actor, key: String, marks: BulkTag) [] -> BulkTagged, who SetUpCustomers,
                    refuses [InvalidInput RoleTooLow NotFound KeyReused];
                #[doc = "Takes back what `apply_many` changed under a key: the customers that it changed, and those only, lose the tag or get it again. One that was changed back since is left as it is, as are all when the tag is there no longer. Repeated, it changes nothing and tells the same."]
                change undo(actor: Actor, key: String) [] -> TagsUndone, who SetUpCustomers,
                    refuses [Required TooLong ForbiddenCharacter RoleTooLow NotFound];
                #[doc = "The customers that a filter of tags lets through, of those that the actor may look up: in the order they came to be, or by legal name where no tag is asked for."]
                list customers(actor: Actor, filter: TagFilter) [paging: Paging] -> CustomerPage, who ReadCustomers,
                    refuses [InvalidInput TooMany RoleTooLow NotFound NotACursor];
                #[doc = "The customers that a filter of tags lets through as a table, page by page: in the order of `tags.customers`, and otherwise as `customers.export_table` gives them."]
                read export_table(actor: Actor, format: TableFormat, filter: TagFilter) [paging: Paging] -> ExportPage, who ReadCustomers,
                    refuses [InvalidInput TooMany RoleTooLow NotFound NotACursor];
                #[doc = "Deletes a tag: at once it is shown no longer and marks nobody anew, and then it is taken from its customers, 250 in one commit. A call that was cut short goes on when it is made again. How many customers this call took it from."]
                change discard(actor: Actor, tag: TagId) [] -> u32, who ManageTags, refuses [RoleTooLow NotFound];
                #[doc = "Merges a tag into another, which its customers have from then on; done as `discard` is, and goes on as that does. If the other is deleted or merged meanwhile, the rest follows it. How many customers this call moved."]
                change merge(actor: Actor, tag: TagId, into: TagId) [] -> u32, who ManageTags,
                    refuses [DuplicateEntry RoleTooLow NotFound];
            }
            questions Questions "Questions at checkout: what a company, or one of its departments, asks at every order." {
                #[doc = "Adds a question at the end of the department's, or of the company's own: at most 50 a place, and 256 KiB of them together. It is asked at every order from then on, or in its period."]
                change add(actor: Actor, question: CheckoutQuestionInput) [department: DepartmentId] -> Questionnaire,
                    who SetUpCompany, refuses [InvalidInput RoleTooLow NotFound AlreadyThere TooMany];
                #[doc = "Replaces the question of the same key; it keeps its place in the order. What was answered before stays as it was asked."]
                change update(actor: Actor, question: CheckoutQuestionInput) [department: DepartmentId] -> Questionnaire,
                    who SetUpCompany, refuses [InvalidInput RoleTooLow NotFound];
                #[doc = "Removes a question, which is asked no longer. What was answered stays readable."]
                change remove(actor: Actor, key: String) [department: DepartmentId] -> Questionnaire,
                    who SetUpCompany, refuses [RoleTooLow NotFound];
                #[doc = "Puts the questions of the department, or of the company, in the order of `keys`, which names each once."]
                change reorder(actor: Actor, keys: Vec<String>) [department: DepartmentId] -> Questionnaire,
                    who SetUpCompany, refuses [InvalidInput RoleTooLow NotFound];
                #[doc = "The questions of the department, or of the company, those included that are not asked now. Who is limited to departments sees theirs, and the company's."]
                read get(actor: Actor) [department: DepartmentId] -> Questionnaire, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "The questions of the department, or of the company, as they were in an earlier edition."]
                read edition(actor: Actor, edition: u32) [department: DepartmentId] -> Questionnaire, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "What is asked now at an order in the department, or at one in none: the company's questions, then the department's own. Where both have a question of the same key, the department's takes its place. Texts are in `language` where they are there, otherwise in the company's."]
                read asked(actor: Actor) [department: DepartmentId, language: String] -> Vec<AskedQuestion>,
                    who ReadCustomers, refuses [RoleTooLow NotFound];
                #[doc = "Checks answers, by the keys of their questions, as they are checked when an order is recorded, and gives them back as people read them. Notes nothing. Every fault stands under `answers.` and the key of its question."]
                read check(actor: Actor, answers: Answers) [department: DepartmentId, language: String] -> Vec<CheckoutAnswer>,
                    who ReadCustomers, refuses [InvalidInput RoleTooLow NotFound];
            }
            users Users "Users of customers: invite, answer, revoke." {
                #[doc = "Checks an invitation and says what it would lead to: whether the person will be asked to confirm an association. Changes nothing."]
                read preview(actor: Actor, user: UserInput) [] -> UserPreview, who ManageUsers,
                    refuses [InvalidInput RoleTooLow NotFound AlreadyThere];
                #[doc = "Invites a person as user of a customer. A person without a login gets a mail with a temporary password or with a link to choose one, as the company's `invitation_style` says; a person with a login gets a link to confirm the association, which works only signed in. Who was invited before, and is no user now, is invited anew."]
                change add(actor: Actor, user: UserInput) [] -> Association, who ManageUsers,
                    refuses [InvalidInput RoleTooLow NotFound AlreadyThere TooOften];
                #[doc = "Invites many people, each as `add` would: what one is refused for does not touch the others. A dry run writes nothing and tells the same refusals, those by other rows of the same call included. Repeated under the same `key`, it changes nothing, sends no second mail and gives the first answer, row by row; a call that was cut short goes on where it stopped, and a long list can come in several calls under one key, each with its `first_row`."]
                bulk add_many(actor: Actor, key: String, users: BulkUsers) [] -> Vec<UserRow>, who ManageUsers,
                    refuses [InvalidInput RoleTooLow KeyReused];
                #[doc = "Sends a new mail for an invitation that waits or has expired; what the older one held is worth nothing from now on."]
                change resend(actor: Actor, association: AssociationId) [] -> Association, who ManageUsers,
                    refuses [RoleTooLow NotFound WrongState TooOften];
                #[doc = "Takes an association or an invitation back: what the person may do there ends at the next call, what the person may do elsewhere stays."]
                change revoke(actor: Actor, association: AssociationId) [] -> Association, who ManageUsers,
                    refuses [RoleTooLow NotFound WrongState];
                #[doc = "One association."]
                read get(actor: Actor, association: AssociationId) [] -> Association, who ReadCustomers,
                    refuses [RoleTooLow NotFound];
                #[doc = "The company's associations of one state, in the order they were made. Those whose time is over stand among the pending ones until `expire` wrote that down, and show as expired."]
                list list(actor: Actor, state: AssociationState) [paging: Paging] -> AssociationPage,
                    who ReadUsers, refuses [RoleTooLow NotACursor];
                #[doc = "The associations of one customer, whatever their state."]
                list of_customer(actor: Actor, customer: CustomerId) [paging: Paging] -> AssociationPage,
                    who ReadCustomers, refuses [RoleTooLow NotFound NotACursor];
                #[doc = "Writes down that invitations whose time is over have expired, at most `limit` of them; how many there were."]
                change expire(limit: u32) [] -> u32, who HostOnly, refuses [];
                #[doc = "What the link of an invitation is about. Opening it consumes nothing."]
                read invitation(token: Secret) [] -> UserInvitation, who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent];
                #[doc = "Accepts the invitation of a person who has no password: the person chooses one, and is a user from now on. Consumes the link, and ends whatever was signed in with this login before."]
                change accept(token: Secret, password: Secret) [] -> Association, who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent SignInFirst TooShort TooLong WeakPassword];
                #[doc = "Lets a password of the person's own take the place of a temporary one, which opens nothing else. The person is a user from now on. Wrong tries count as at sign-in."]
                change choose_password(first: FirstPassword) [] -> Association, who Anyone,
                    refuses [InvalidInput WrongPassword TooShort TooLong WeakPassword];
                #[doc = "Confirms an association, signed in as the person who was asked. Consumes the link."]
                change confirm(session_token: Secret, token: Secret) [] -> Association, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded UnknownToken TokenExpired TokenSpent WrongState];
                #[doc = "Declines an invitation. Consumes the link; the company may ask again."]
                change decline(token: Secret) [] -> (), who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent WrongState];
                #[doc = "The signed-in person's own associations, whatever their state."]
                list mine(session_token: Secret) [paging: Paging] -> OwnAssociationPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotACursor];
                #[doc = "Leaves a customer, or declines an invitation that waits; the person's other associations stay."]
                change leave(session_token: Secret, association: AssociationId) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotFound WrongState];
            }
            sessions Sessions "Sessions: sign in, see who is signed in, move between identities, sign out." {
                #[doc = "Signs a person in on a device. An unknown name, a wrong password and a locked login get the same answer for the same work. The person goes where the company's login name or `company` leads, or to the only place there is; otherwise the person is no more than that, and chooses with `enter`."]
                change sign_in(sign_in: SignIn) [] -> SignedIn, who Anyone, refuses [InvalidInput WrongPassword];
                #[doc = "Finishes a sign-in with its second factor: a code of the authenticator app, or a recovery code. The token is replaced."]
                change finish(session_token: Secret, code: Secret) [] -> Held, who SignedIn,
                    refuses [NotSignedIn WrongState WrongCode TooOften TooMany];
                #[doc = "Gives up a sign-in that waits for its second factor; what the session held before stays."]
                change cancel(session_token: Secret) [] -> (), who SignedIn, refuses [NotSignedIn WrongState];
                #[doc = "Signs in as another login within a session, which holds both then and goes on as the new one; an older one of the same login and context is replaced. The token is replaced too."]
                change add(session_token: Secret, sign_in: SignIn) [] -> SignedIn, who SignedIn,
                    refuses [InvalidInput NotSignedIn SecondFactorNeeded WrongPassword TooMany];
                #[doc = "Who holds this token, and what the person acts as now: what a host asks at every request. All that it rests on is read now: session, login, role or association, customer, company; of a partner in a client's account, that the client still designates it."]
                read resolve(session_token: Secret) [] -> Resolved, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded AccessEnded CustomerInactive TwoFactorRequired];
                #[doc = "Where the person whom the session acts as can go: the companies where the person works, the customers whose user the person is, and the partner account."]
                read choices(session_token: Secret) [] -> Vec<Destination>, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded];
                #[doc = "Goes on in another context of the same person, and remembers it as an identity: changes the company. A client's account is entered by `partners.log_in` alone."]
                change enter(session_token: Secret, context: Context) [] -> IdentityId, who SignedIn,
                    refuses [InvalidInput NotSignedIn SecondFactorNeeded AccessEnded CustomerInactive TooMany];
                #[doc = "Everyone whom the session holds, in the order they came: what a menu in the corner shows."]
                read identities(session_token: Secret) [] -> Vec<IdentityView>, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded];
                #[doc = "Goes on as another identity of the session. It adds no right, and the session ends when it would have ended."]
                change switch_to(session_token: Secret, identity: IdentityId) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotFound AccessEnded CustomerInactive];
                #[doc = "Signs out of one identity, and goes on as the one that came last of those left; without one, or when it was the last, ends the session."]
                change sign_out(session_token: Secret) [identity: IdentityId] -> (), who SignedIn,
                    refuses [NotSignedIn NotFound];
                #[doc = "The sessions that the person whom the session acts as began, in that order; not those that others began and let the person into."]
                list list(session_token: Secret) [paging: Paging] -> SessionPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotACursor];
                #[doc = "Ends one of the person's own sessions."]
                change end(session_token: Secret, session: SessionId) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotFound];
                #[doc = "Ends everything that the person is signed in with elsewhere."]
                change end_others(session_token: Secret) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded];
            }
            two_factor TwoFactors "Two-factor: enrol an app, confirm it, turn it off, get new recovery codes." {
                #[doc = "Begins to set an app up: shows its secret, to be confirmed within 15 minutes (`enrolment_lifetime`). Nothing is asked for at sign-in before that; where two-factor is on, the present app counts until then. `code` is a code of the present app, or a recovery code, where two-factor is on."]
                change enrol(session_token: Secret, password: Secret) [code: Secret] -> Enrolment, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongPassword Required WrongCode TooOften];
                #[doc = "Confirms the app by a code that it shows: from now on one is asked for at sign-in. Gives ten recovery codes, shown this once; older ones are worth nothing any more. Every other session of the login ends."]
                change confirm(session_token: Secret, code: Secret) [] -> Vec<Secret>, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongState CodeExpired WrongCode TooOften];
                #[doc = "Turns two-factor off. The password must be long enough to stand alone. Every other session of the login ends, and what this one could do by its second factor."]
                change disable(session_token: Secret, password: Secret) [code: Secret] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongPassword Required WrongCode TooOften WrongState TooShort];
                #[doc = "Where the second factor of the person stands."]
                read status(session_token: Secret) [] -> TwoFactorStatus, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded];
                #[doc = "Turns off the second factor of a login whose person has lost both the app and the codes, once the host has made sure who asks. Every session of the login ends, and the person is told."]
                change remove(login: LoginId) [] -> (), who HostOnly, refuses [NotFound WrongState];
                #[doc = "Gives ten new recovery codes; the older ones are worth nothing any more."]
                change renew_recovery_codes(session_token: Secret, password: Secret) [code: Secret] -> Vec<Secret>,
                    who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded WrongPassword Required WrongCode TooOften WrongState];
            }
            logins Logins "People who sign in: the password, the address, what happened." {
                #[doc = "The person of an address and a password. Known and unknown addresses are refused alike; wrong tries in a row lock the address for a while. It looks at the password alone, also where a second factor is on: `sessions.sign_in` signs people in."]
                change authenticate(email: String, password: Secret) [] -> LoginId, who Anyone,
                    refuses [WrongPassword];
                #[doc = "Changes the password of the person who is signed in. Every other session of the login ends, and whatever waits in a mail to change the login is called off."]
                change change_password(session_token: Secret, password: Secret, new_password: Secret) [] -> (),
                    who SignedIn, refuses [NotSignedIn SecondFactorNeeded WrongPassword TooShort TooLong WeakPassword];
                #[doc = "Mails a link under which a new password can be chosen, good once and for an hour (`password_reset_lifetime`); the older link dies. The password stays as it is until then. Known and unknown addresses get the same answer. `locale` is the language the person reads; the login's own, or English, unless told."]
                change request_reset(email: String) [locale: String] -> (), who Anyone,
                    refuses [Required TooLong ForbiddenCharacter NotAnEmail NotALocale TooOften];
                #[doc = "What the link to a new password is about. Opening it consumes nothing."]
                read reset_link(token: Secret) [] -> ResetLink, who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent];
                #[doc = "Chooses a new password. Consumes the link, ends every session of the login, and tells the person. Nobody is signed in by it, and a second factor that is on stays on. Where a temporary password waits for the person, the company's invitation comes again with a link."]
                change reset(token: Secret, password: Secret) [] -> (), who Anyone,
                    refuses [UnknownToken TokenExpired TokenSpent TooShort TooLong WeakPassword];
                #[doc = "Asks to sign in with another address. It counts once it is confirmed by the link that is mailed to it, good once and for an hour (`email_change_lifetime`); the present address is told at once, and an older link dies. The answer is the same whether or not the new address has a login already; who has it is told."]
                change request_email_change(session_token: Secret, new_email: String, password: Secret) [code: Secret]
                    -> (), who SignedIn,
                    refuses [Required TooLong ForbiddenCharacter NotAnEmail AlreadyThere NotSignedIn SecondFactorNeeded WrongPassword WrongCode TooOften];
                #[doc = "What the link to another address is about. Opening it consumes nothing."]
                read email_change(session_token: Secret, token: Secret) [] -> EmailChange, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded UnknownToken TokenExpired TokenSpent AlreadyThere];
                #[doc = "Confirms the new address: from now on the person signs in with it. The former address is told. Only the person who asked can, signed in."]
                change confirm_email_change(session_token: Secret, token: Secret) [] -> (), who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded UnknownToken TokenExpired TokenSpent AlreadyThere];
                #[doc = "Sets the language of mails about the login of the person who is signed in."]
                change set_locale(session_token: Secret, locale: String) [] -> (), who SignedIn,
                    refuses [Required NotALocale NotSignedIn SecondFactorNeeded];
                #[doc = "What happened to the login of the person who is signed in, the newest first. No company sees it."]
                list history(session_token: Secret) [paging: Paging] -> LoginEventPage, who SignedIn,
                    refuses [NotSignedIn SecondFactorNeeded NotACursor];
                #[doc = "Shuts a login out everywhere, at once, until it is enabled again. An actor `staff`, whom the host vouches for itself, is the host's to sign out."]
                change disable(login: LoginId) [] -> (), who HostOnly, refuses [NotFound];
                #[doc = "Lets a login in again; whoever was signed in with it signs in anew."]
                change enable(login: LoginId) [] -> (), who HostOnly, refuses [NotFound];
            }
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
