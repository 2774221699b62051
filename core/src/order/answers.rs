use std::collections::BTreeSet;

use super::{Order, Orders};
use crate::{
    actor::Actor,
    company::{Company, Department, Permission},
    customer::ExportPage,
    error::{Code, Error, Result},
    id::Id,
    question::{AnswerView, Answers, QuestionEdition, csv},
    store::{Cursor, Listing, Page, Paging, Record},
};

impl Orders<'_> {
    /// What was answered with an order, as it was asked then, in `language` where there is that; the company's own otherwise.
    /// Who may: every role; who is limited to departments, of an order placed in those.
    /// Errors: `role_too_low`, `not_found` (the order, the host's company).
    pub fn answers(&self, actor: Actor, order: Id<Order>, language: Option<&str>) -> Result<Vec<AnswerView>> {
        self.0.view(|work| {
            let (order, company) = work.authorised_get(actor, Permission::ReadCustomers, (order, actor.company()))?;
            let order = order.map_or_else(Order::missing, Ok)?;
            order.must_be_within(work, actor)?;
            let company = company.map_or_else(Company::missing, Ok)?;
            let editions = work.need(order.answers.editions().into_iter().collect::<Vec<_>>())?;
            Ok(order.answers.readable(&editions, &company.languages(language)))
        })
    }

    /// The answers of all orders that have any, the newest order first, as CSV (RFC 4180), page by page: of one department,
    /// or of the whole company; of who is limited to departments those placed there. Pages put one behind the other are one
    /// file. The columns are `order`, `placed`, one for each question that is asked now, and `other` with what has none.
    ///
    /// Where the questions change between two pages the columns would, and the file is begun again. Who may: every role.
    /// Errors: `role_too_low`, `not_found` (the department, the host's company), `not_a_cursor`.
    pub fn export_answers(
        &self,
        actor: Actor,
        department: Option<Id<Department>>,
        language: Option<&str>,
        paging: &Paging,
    ) -> Result<ExportPage> {
        let (company, scope, editions) = self.0.view(|work| {
            let (company, found) = work.authorised(actor, Permission::ReadCustomers, (actor.company(), department))?;
            found.iter().try_for_each(|found| found.must_be_of(company.id))?;
            let editions = QuestionEdition::of_order(work, company.id, department)?;
            Ok((company, work.scope(actor)?, editions))
        })?;
        let listings = match department {
            Some(department) if scope.includes(Some(department)) => vec![in_department(company.id, department)],
            Some(_) => Vec::new(),
            None => scope.narrowed(
                || Order::of_company(company.id).descending(),
                |department| in_department(company.id, department),
            ),
        };
        let columns = Columns::of(&editions);
        let inner = Paging { cursor: columns.inner(paging.cursor.as_ref())?, limit: paging.limit };
        let page = self.0.list_where(&listings, &inner, |order| order.answers != Answers::default())?;
        let text = self.written(&page, &editions, &company.languages(language), paging.cursor.is_none())?;
        let rows = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
        Ok(ExportPage { text, rows, next: page.next.map(|next| columns.outer(&next)) })
    }

    /// The lines of a page, below the names of the columns where it is the first.
    fn written(
        &self,
        page: &Page<Order>,
        editions: &[QuestionEdition],
        languages: &[&str],
        first: bool,
    ) -> Result<String> {
        let answered: BTreeSet<_> = page.items.iter().flat_map(|order| order.answers.editions()).collect();
        let asked = self.0.view(|work| work.need(answered.iter().copied().collect::<Vec<_>>()))?;
        let columns = csv::columns(editions);
        let orders = page.items.iter().map(|order| {
            let answers = order.answers.readable(&asked, languages);
            Ok(csv::AnsweredOrder { order: order.number.to_string(), placed: order.placed, answers })
        });
        csv::lines(&columns, orders).skip(usize::from(!first)).collect()
    }
}

fn in_department(company: Id<Company>, department: Id<Department>) -> Listing<Order> {
    Order::of_department(company, department).descending()
}

/// What the columns of a file follow from: the editions that are asked now. It stands in the cursor, so that no page is put
/// behind one with other columns.
struct Columns(String);

impl Columns {
    fn of(editions: &[QuestionEdition]) -> Self {
        Columns(editions.iter().map(|edition| edition.id.to_string()).collect::<Vec<_>>().join("+"))
    }

    fn outer(&self, inner: &Cursor) -> Cursor {
        Cursor::from(format!("{}~{}", self.0, inner.as_str()))
    }

    fn inner(&self, outer: Option<&Cursor>) -> Result<Option<Cursor>> {
        let Some(outer) = outer else { return Ok(None) };
        let (columns, inner) = outer.as_str().split_once('~').ok_or_else(|| Error::new(Code::NotACursor))?;
        if columns == self.0 { Ok(Some(Cursor::from(inner.to_owned()))) } else { Err(Error::new(Code::NotACursor)) }
    }
}
