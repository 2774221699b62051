use serde::Serialize;

use super::{Company, Permission};
use crate::{
    actor::Actor,
    checkout::CheckoutWays,
    error::{Code, Error, Result},
    event::EventKind,
    handfast::Handfast,
    id::Id,
    record,
    store::{Listing, Page, Paging, Record, Unique, choice_columns},
    value::{Name, choices, name_key},
};

choices! {
    /// Whether an entry of a list is still offered.
    pub enum OfferState {
        /// Can be chosen.
        Offered = "offered",
        /// Stays where it was chosen, and cannot be chosen anew.
        Retired = "retired",
    }
}

choice_columns!(OfferState);

record! {
    /// One of the prices a company sells at; every customer gets one.
    #[derive(Serialize)]
    pub struct PriceType in "price_type" {
        /// The id.
        id: Id<PriceType>,
        /// The company.
        company: Id<Company>,
        /// Its name, unique at the company.
        name: Name,
        /// The name without case and accents, which makes it unique.
        folded: String,
        /// Whether it can be chosen.
        state: OfferState,
    }
    unique by_name(company: Id<Company>, folded: &str);
    index of_company(company: Id<Company>) by (folded);
}

record! {
    /// One of the carriers a company ships with; a customer has one for each day of service.
    #[derive(Serialize)]
    pub struct Carrier in "carrier" {
        /// The id.
        id: Id<Carrier>,
        /// The company.
        company: Id<Company>,
        /// Its name, unique at the company.
        name: Name,
        /// The name without case and accents, which makes it unique.
        folded: String,
        /// Whether it can be chosen.
        state: OfferState,
    }
    unique by_name(company: Id<Company>, folded: &str);
    index of_company(company: Id<Company>) by (folded);
}

record! {
    /// A part of a company that has its own customers. A company without any is itself the place.
    #[derive(Serialize)]
    pub struct Department in "department" {
        /// The id.
        id: Id<Department>,
        /// The company.
        company: Id<Company>,
        /// Its name, unique at the company.
        name: Name,
        /// The name without case and accents, which makes it unique.
        folded: String,
        /// Whether it takes new customers.
        state: OfferState,
        /// Who can check out here; `None` where that is as in the company.
        checkout: Option<CheckoutWays>,
    }
    unique by_name(company: Id<Company>, folded: &str);
    index of_company(company: Id<Company>) by (folded);
}

/// An entry of one of a company's own lists: a price type, a carrier or a department.
pub trait Offer: Record + Clone + PartialEq {
    /// A new entry, offered.
    #[doc(hidden)]
    fn make(id: Id<Self>, company: Id<Company>, name: Name, folded: String) -> Self;
    /// The columns that change.
    #[doc(hidden)]
    fn parts(&mut self) -> (&mut Name, &mut String, &mut OfferState);
    /// The company it belongs to.
    fn company(&self) -> Id<Company>;
    /// Whether it can be chosen.
    fn state(&self) -> OfferState;
    /// The entry of a name.
    #[doc(hidden)]
    fn named(company: Id<Company>, folded: &str) -> Unique<Self>;
    /// All entries, by name.
    #[doc(hidden)]
    fn all(company: Id<Company>) -> Listing<Self>;
}

macro_rules! offers {
    ($($Offer:ident $({ $own:ident: $begins:expr })?),+) => {$(
        impl Offer for $Offer {
            fn make(id: Id<Self>, company: Id<Company>, name: Name, folded: String) -> Self {
                $Offer { id, company, name, folded, state: OfferState::Offered $(, $own: $begins)? }
            }
            fn parts(&mut self) -> (&mut Name, &mut String, &mut OfferState) {
                (&mut self.name, &mut self.folded, &mut self.state)
            }
            fn company(&self) -> Id<Company> {
                self.company
            }
            fn state(&self) -> OfferState {
                self.state
            }
            fn named(company: Id<Company>, folded: &str) -> Unique<Self> {
                $Offer::by_name(company, folded)
            }
            fn all(company: Id<Company>) -> Listing<Self> {
                $Offer::of_company(company)
            }
        }
    )+};
}
offers!(PriceType, Carrier, Department { checkout: None });

/// The verbs of a company's own lists: `handfast.price_types()`, `handfast.carriers()`, `handfast.departments()`.
#[derive(Debug)]
pub struct Offers<'a, T>(&'a Handfast, std::marker::PhantomData<fn() -> T>);

impl Handfast {
    /// The prices a company sells at.
    pub fn price_types(&self) -> Offers<'_, PriceType> {
        Offers(self, std::marker::PhantomData)
    }

    /// The carriers a company ships with.
    pub fn carriers(&self) -> Offers<'_, Carrier> {
        Offers(self, std::marker::PhantomData)
    }

    /// The parts of a company that have their own customers.
    pub fn departments(&self) -> Offers<'_, Department> {
        Offers(self, std::marker::PhantomData)
    }
}

impl<T: Offer> Offers<'_, T> {
    /// Adds an entry. Who may: Admin, Full Access.
    ///
    /// Errors: the name's own (`required`, `too_long`, `forbidden_character`), `role_too_low`, `not_found` (the
    /// host's company), `already_there`.
    pub fn add(&self, actor: Actor, name: &str) -> Result<T> {
        let name = Name::parse(name)?;
        let folded = name_key(name.as_str());
        self.0.change(|work| {
            let company = work.authorised(actor, Permission::SetUpCompany, actor.company())?.id;
            if work.get(T::named(company, &folded))?.is_some() {
                return Err(Error::new(Code::AlreadyThere));
            }
            let offer = T::make(work.new_id()?, company, name.clone(), folded.clone());
            work.insert(&offer);
            work.event(company, actor, EventKind::OfferAdded, &offer)?;
            Ok(offer)
        })
    }

    /// Renames an entry; customers who have it keep it. Who may: Admin, Full Access.
    ///
    /// Errors: the name's own (`required`, `too_long`, `forbidden_character`), `role_too_low`, `not_found`,
    /// `already_there`.
    pub fn rename(&self, actor: Actor, offer: Id<T>, name: &str) -> Result<T> {
        let name = Name::parse(name)?;
        let folded = name_key(name.as_str());
        self.changed(actor, offer, |offer| {
            let (own, own_folded, _) = offer.parts();
            (*own, *own_folded) = (name.clone(), folded.clone());
        })
    }

    /// Retires an entry, or offers it again. Who may: Admin, Full Access.
    ///
    /// Errors: `role_too_low`, `not_found`.
    pub fn set_state(&self, actor: Actor, offer: Id<T>, state: OfferState) -> Result<T> {
        self.changed(actor, offer, |offer| *offer.parts().2 = state)
    }

    /// All entries, by name. Who may: every role. Errors: `role_too_low`, `not_a_cursor`.
    pub fn list(&self, actor: Actor, paging: &Paging) -> Result<Page<T>> {
        self.0.view(|work| work.authorise(actor, Permission::ReadCustomers))?;
        self.0.list(T::all(actor.company()), paging)
    }

    fn changed(&self, actor: Actor, offer: Id<T>, change: impl Fn(&mut T)) -> Result<T> {
        self.0.change(|work| {
            let old = work.authorised(actor, Permission::SetUpCompany, offer)?;
            if old.company() != actor.company() {
                return T::missing();
            }
            let mut new = old.clone();
            change(&mut new);
            if new != old {
                work.put(&new);
                work.changed(actor.company(), actor, EventKind::OfferChanged, &new)?;
            }
            Ok(new)
        })
    }
}
