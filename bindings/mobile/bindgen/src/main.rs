//! Writes the Kotlin and the Swift side of `handfast-mobile`: uniffi's own program, of the version that the crate is
//! built with.

fn main() {
    uniffi::uniffi_bindgen_main();
}
