use handfast::store;

use super::{
    Association, Carrier, Client, Customer, Department, Event, HeldRow, LoginEvent, Mail, Order, OwnAssociation,
    PartnerEvent, PriceType, Request, SessionView, Staff, Tag, Visit,
};
use crate::shape::{Argument, Lend, Outward, record};

record! {
    /// Which page of a list, and how long: the first 50 items unless told.
    pub struct Paging by hand {
    } optional {
        /// The `next` of the page before.
        cursor: String,
        /// 1 to 500 items; 50 unless told. What lies outside is taken as the nearest.
        limit: u32,
    }
}

impl Argument for Option<Paging> {
    type Core = store::Paging;
    fn core(self) -> handfast::Result<store::Paging> {
        let (cursor, limit) = self.map_or((None, None), |paging| (paging.cursor, paging.limit));
        Ok(store::Paging { cursor: cursor.map(store::Cursor::from), limit })
    }
}

impl Lend for store::Paging {
    type Lent<'a> = &'a store::Paging;
    fn lend(&self) -> &store::Paging {
        self
    }
}

macro_rules! pages {
    ($($Page:ident of $Item:ident, $about:literal;)+) => {$(
        record! {
            #[doc = $about]
            pub struct $Page by hand {
                /// The items, in the order of the list.
                items: Vec<$Item>,
                /// The cursor of the next page; none when this was the last.
                next: Option<String>,
            }
        }

        #[cfg(feature = "python")]
        $crate::language::python::page!($Page);

        impl<T: Outward<$Item>> Outward<$Page> for store::Page<T> {
            fn outward(self) -> $Page {
                let next = self.next.map(|cursor| cursor.as_str().to_owned());
                $Page { items: self.items.outward(), next }
            }
        }
    )+};
}

pages! {
    StaffPage of Staff, "Some of a company's staff.";
    DepartmentPage of Department, "Some of a company's departments.";
    PriceTypePage of PriceType, "Some of a company's price types.";
    CarrierPage of Carrier, "Some of a company's carriers.";
    RequestPage of Request, "Some of a company's requests.";
    CustomerPage of Customer, "Some of a company's customers.";
    OrderPage of Order, "Some orders.";
    TagPage of Tag, "Some of a company's tags.";
    AssociationPage of Association, "Some people as users of a company's customers.";
    OwnAssociationPage of OwnAssociation, "Some of a person's own associations.";
    SessionPage of SessionView, "Some of a person's sessions.";
    LoginEventPage of LoginEvent, "Some of what happened to a login.";
    PartnerEventPage of PartnerEvent, "Some of what happened to a partner account.";
    ClientPage of Client, "Some of a partner's clients.";
    VisitPage of Visit, "Some visits of partners in a company's account.";
    MailPage of Mail, "Some mails of the outbox.";
    EventPage of Event, "Some of what happened at a company.";
    HeldPage of HeldRow, "Some of what is held on a person.";
}
