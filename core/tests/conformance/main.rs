//! The memory store keeps every promise.

mod memory {
    handfast::store_conformance!(handfast::store::Memory::new());
}
