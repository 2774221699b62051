use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// Where an invite link stands.
    pub enum LinkState {
        /// Takes requests.
        Active = "active",
        /// Takes none for now.
        Disabled = "disabled",
        /// Another link took its place, for good.
        Replaced = "replaced",
    }
}

choices! {
    /// What happens to an invite link.
    pub enum LinkEvent {
        /// Takes no requests from now on.
        Disable = "disable",
        /// Takes requests again.
        Enable = "enable",
        /// Another link takes its place.
        Replace = "replace",
    }
}

/// The one transition function of invite links. Disabling what is disabled changes nothing.
/// Errors: `link_replaced`.
pub fn next(state: LinkState, event: LinkEvent) -> Result<LinkState> {
    use LinkEvent::{Disable, Enable, Replace};
    use LinkState::{Active, Disabled, Replaced};
    match (state, event) {
        (Active | Disabled, Disable) => Ok(Disabled),
        (Active | Disabled, Enable) => Ok(Active),
        (Active | Disabled, Replace) => Ok(Replaced),
        (Replaced, Disable | Enable | Replace) => Err(Error::new(Code::LinkReplaced)),
    }
}
