use crate::{
    error::{Code, Error, Result},
    value::choices,
};

choices! {
    /// How far it has come to erase a person.
    pub enum ErasureState {
        /// Begun: what is left is erased when the call goes on, or is made again.
        Erasing = "erasing",
        /// Nothing is left.
        Erased = "erased",
    }
}

choices! {
    /// What happens when a person is erased.
    pub enum ErasureEvent {
        /// It is asked for, the first time or again.
        Begin = "begin",
        /// The last row is done.
        Finish = "finish",
    }
}

/// The one transition function of erasures. Errors: `wrong_state`.
pub fn next(state: ErasureState, event: ErasureEvent) -> Result<ErasureState> {
    use ErasureEvent::{Begin, Finish};
    use ErasureState::{Erased, Erasing};
    match (state, event) {
        (Erasing, Begin) => Ok(Erasing),
        (Erasing, Finish) => Ok(Erased),
        (Erased, Begin | Finish) => Err(Error::new(Code::WrongState)),
    }
}
