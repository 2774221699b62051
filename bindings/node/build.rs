//! Lets Node find the functions of the library.

fn main() {
    napi_build::setup();
}
