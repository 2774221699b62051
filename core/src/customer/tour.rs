use serde::Serialize;

use super::{Customer, Missing};
use crate::{id::Id, mail::Brand, value::choices};

choices! {
    /// The steps that activate a customer, as the article names them.
    pub enum StepKind {
        /// Step one: activate the customer.
        Activate = "activate",
        /// Step two: set price, markups, and advanced settings.
        Pricing = "pricing",
        /// Step three: set days of service.
        Service = "service",
    }
}

/// The guided tour of a customer's activation, for a host to show: the steps in the article's order. They may be
/// taken in any.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tour {
    /// The customer.
    pub customer: Id<Customer>,
    /// The page that the button of the mail leads to, where the tour begins.
    pub link: String,
    /// The steps.
    pub steps: Vec<Step>,
    /// Whether all is done and the customer can order.
    pub done: bool,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// 1 for the first.
    pub number: u8,
    /// Which step.
    pub kind: StepKind,
    /// What it is called, in the language asked for.
    pub title: &'static str,
    /// What to do, line by line, in the same language.
    pub directions: &'static [&'static str],
    /// The setting it points at: a name for the host's own page, the same in every language.
    pub points_at: &'static str,
    /// Whether it is done.
    pub done: bool,
}

/// The page of a customer in the host's setup.
pub(crate) fn page(brand: &Brand, customer: Id<Customer>) -> String {
    brand.page(&format!("setup/customers/{customer}?tour=activate"))
}

impl Tour {
    pub(super) fn of(brand: &Brand, customer: &Customer, language: &str) -> Self {
        let missing = customer.can_order().missing;
        let steps = StepKind::ALL.iter().zip(1..).map(|(kind, number)| {
            let (title, directions) = if language == "es" { kind.spanish() } else { kind.english() };
            let done = !missing.iter().any(|missing| kind.provides(*missing));
            Step { number, kind: *kind, title, directions, points_at: kind.points_at(), done }
        });
        let steps = steps.collect();
        Tour { customer: customer.id, link: page(brand, customer.id), steps, done: missing.is_empty() }
    }
}

type Wording = (&'static str, &'static [&'static str]);

impl StepKind {
    const fn provides(self, missing: Missing) -> bool {
        matches!(
            (self, missing),
            (StepKind::Activate, Missing::Activation | Missing::Unblocking)
                | (StepKind::Pricing, Missing::PriceType)
                | (StepKind::Service, Missing::DaysOfService)
        )
    }

    const fn points_at(self) -> &'static str {
        match self {
            StepKind::Activate => "customer.activate",
            StepKind::Pricing => "customer.advanced.price_type",
            StepKind::Service => "customer.days_of_service",
        }
    }

    const fn english(self) -> Wording {
        match self {
            StepKind::Activate => (
                "Activate the customer",
                &[
                    "Go to Setup > Customers.",
                    "Search for the customer.",
                    "Click on Edit in the Actions column.",
                    "Check the box in the Activate setting.",
                    "Click on Save.",
                ],
            ),
            StepKind::Pricing => (
                "Set price, markups, and advanced settings",
                &[
                    "In the same customer settings, click on Advanced.",
                    "Select the Price Type.",
                    "Optional: assign an e-commerce markup or additional settings.",
                    "Click on Save.",
                ],
            ),
            StepKind::Service => (
                "Set days of service",
                &[
                    "In the same customer settings, go to the Days of Service tab.",
                    "Select the carrier for each day of service.",
                    "Click on Save.",
                ],
            ),
        }
    }

    const fn spanish(self) -> Wording {
        match self {
            StepKind::Activate => (
                "Activar el cliente",
                &[
                    "Vaya a Configuración > Clientes.",
                    "Busque el cliente.",
                    "Haga clic en Editar en la columna Acciones.",
                    "Marque la casilla Activar.",
                    "Haga clic en Guardar.",
                ],
            ),
            StepKind::Pricing => (
                "Definir el precio, los recargos y los ajustes avanzados",
                &[
                    "En los mismos ajustes del cliente, haga clic en Avanzado.",
                    "Seleccione el tipo de precio.",
                    "Opcional: asigne un recargo de comercio electrónico u otros ajustes.",
                    "Haga clic en Guardar.",
                ],
            ),
            StepKind::Service => (
                "Definir los días de servicio",
                &[
                    "En los mismos ajustes del cliente, vaya a la pestaña Días de servicio.",
                    "Seleccione el transportista de cada día de servicio.",
                    "Haga clic en Guardar.",
                ],
            ),
        }
    }
}
