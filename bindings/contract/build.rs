//! Builds again when the Node tool asks for the types: a warm build would otherwise lose all of them from `index.d.ts`.

fn main() {
    println!("cargo::rerun-if-env-changed=NAPI_TYPE_DEF_TMP_FOLDER");
    println!("cargo::rerun-if-env-changed=NAPI_FORCE_BUILD_HANDFAST_CONTRACT");
}
