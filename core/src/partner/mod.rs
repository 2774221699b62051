//! Certified partners: who looks after commerce accounts for their owners, is designated by them, and works in them.
//!
//! ```
//! # use handfast::{Handfast, store::{Memory, Paging}};
//! # use handfast::session::{SignIn, SignedIn};
//! use handfast::partner::{ClientFilter, PartnerSignUp};
//!
//! # let handfast = Handfast::builder(Memory::new()).build()?;
//! # handfast::example::sign_up(&handfast)?;
//! # let password = "correct horse battery staple";
//! let signed_up = handfast.partners().sign_up(&PartnerSignUp {
//!     name: "Camino Consulting".into(),
//!     locale: "en".into(),
//!     owner_name: "Carla Camino".into(),
//!     owner_email: "carla@camino.example".into(),
//!     owner_password: password.into(),
//! })?;
//! println!("share {} or give your number: {}", signed_up.partner.referral_url, signed_up.partner.grouped);
//! # let session_of = |name: &str| {
//! #     let input = SignIn { name: name.into(), password: password.into(), ..SignIn::default() };
//! #     let SignedIn::Active(held) = handfast.sessions().sign_in(&input).unwrap() else { panic!() };
//! #     held.token.expose().to_owned()
//! # };
//! # let (ada, carla) = (session_of("ada@flora.example"), session_of("carla@camino.example"));
//!
//! // an Admin of a commerce account pastes the number, and gives the password again
//! handfast.partners().designate(&ada, &signed_up.partner.grouped, password, None)?;
//! let clients = handfast.partners().clients(&carla, &ClientFilter::default(), &Paging::default())?;
//! assert_eq!(clients.items[0].name.as_str(), "Flora Export");
//!
//! // the Login button says exactly what it lacks
//! assert_eq!(clients.items[0].login.obstacles.len(), 2, "no second factor, and the session was not verified by one");
//! # Ok::<_, handfast::Error>(())
//! ```
//!
//! In a client's account a partner manages everything but passwords, two-factor, staff, the partner's number and billing:
//! what stays with the client's own Admins, and every verb with a session's token, is refused there with `delegated`.

mod account;
mod bond;
mod clients;
mod event;
mod link;
mod number;
mod profile;
mod record;
mod referral;
mod state;
mod visits;

pub use account::{PartnerSignUp, PartnerSignedUp, PartnerView, Partners};
pub use bond::{CanLogIn, LoginObstacle};
pub use clients::{Client, ClientFilter, ClientOrder, Tandem};
pub use event::{PartnerEventKind, PartnerHistory};
pub use link::DesignatedPartner;
pub use number::PartnerNumber;
pub use profile::PartnerInput;
pub use record::{Delegation, Designation, LinkOrigin, Member, Partner, Reason, VisitNotice};
pub use referral::{Attribution, Referral};
pub use state::{
    DelegationEvent, DelegationState, DesignationEvent, DesignationState, PartnerEvent, PartnerStanding, PartnerState,
    StandingEvent, next, next_delegation, next_designation, next_standing,
};
pub use visits::Visit;

pub(crate) use bond::{Found, Keys};
pub(crate) use event::About;
pub(crate) use link::designate;
