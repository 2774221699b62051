use super::{HeldRow, Privacy, person::Person, source, source::Source};
use crate::{
    actor::Actor,
    course::{Account, Signal},
    error::Result,
    event::Event,
    limit::Limit,
    mail::Mail,
    order::Order,
    store::{Page, Paging, Record},
    value::EmailAddress,
};

impl Privacy<'_> {
    /// Everything that the actor's company holds on the person of an address, row by row: the customer, its visits and
    /// requests, what makes the person a user of customers, the place on the staff, the tags, the counts kept by the
    /// address, the mails, the signals to the course and the events, each as `table`, `id` and the columns as JSON. Secrets are
    /// left out (invariant 40), and so are the other users of a customer, who are persons of their own.
    ///
    /// Nobody is known by the address where the first page is empty. Users, mails and signals are looked for among all of the
    /// company's. A row that comes while the pages are read may be missing. Who may: Admin.
    ///
    /// Errors: the address's own (`required`, `too_long`, `forbidden_character`, `not_an_email`), `role_too_low`,
    /// `not_a_cursor`.
    pub fn export_person(&self, actor: Actor, email: &str, paging: &Paging) -> Result<Page<HeldRow>> {
        let email = EmailAddress::parse(email)?;
        let person = Person::find(self.0, actor, &email)?;
        let tags = person.customer.iter().flat_map(|customer| customer.tags.all()).collect::<Vec<_>>();
        let scopes = person.addresses.iter().flat_map(|address| Limit::scopes_at(person.company, address));
        let scopes: Vec<_> = scopes.collect();
        let (tags, limits) = self.0.view(|work| {
            let limits: Vec<_> = scopes.iter().map(|scope| Limit::by_scope(scope)).collect();
            work.get((tags.clone(), limits))
        })?;
        let mut sources = vec![
            Source::known(person.customer.clone()),
            Source::known(person.visits.clone()),
            Source::known(person.requests.clone()),
            Source::known(person.users.clone()),
            Source::known(person.staff.clone()),
            Source::known(tags.into_iter().flatten()),
            Source::known(limits.into_iter().flatten()),
            Source::listed(self.0, "order", person.orders(), |_| true),
            Source::listed(self.0, "order events", person.order_events(), |event| {
                event.subject_kind == Order::TABLE.name
            }),
            Source::listed(self.0, "mail", vec![Mail::of_company(person.company)], |mail| {
                person.gets(mail) || person.is_told_of(mail)
            }),
            Source::listed(
                self.0,
                "signal",
                vec![Signal::of_account(Account::Commerce(person.company).id())],
                |signal| person.is_signalled(signal),
            ),
        ];
        sources.extend(person.subjects().map(|subject| {
            Source::listed(self.0, format!("event {subject}"), vec![Event::of_subject(person.company, subject)], |_| {
                true
            })
        }));
        // what a login did here is told of who is known here
        if let Some(login) = person.login.filter(|_| !person.is_nobody()) {
            let mine = |event: &Event| person.subjects().all(|subject| subject != event.subject);
            sources.push(Source::listed(self.0, "acts", vec![Event::of_login(person.company, login)], mine));
        }
        source::page(&sources, paging)
    }
}
