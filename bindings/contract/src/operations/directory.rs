//! What a company has customers for: the directory, orders, tags, what is asked at checkout.

/// Adds these groups to those before, and hands all on.
#[doc(hidden)]
#[macro_export]
macro_rules! operations_of_customers {
    ($bind:ident $($before:tt)*) => {
        $crate::operations_of_people! {
            $bind
            $($before)*
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
        }
    };
}
