//! What uniffi is told: packages, and how ids, decimals and durations look in each language.

use std::fmt::Write;

use super::{Generated, HEAD, texts};
use crate::parts::{Group, groups};

const KOTLIN: &str = r#"
[crates.handfast_mobile.bindings.kotlin]
package_name = "dev.handfast.native"
# `close` is what every object has already in Kotlin
rename = { "Handfast.close" = "end" }
# Kotlin has its own, which does not cross the border to tell the time
exclude = ["ManualClock"]

[crates.handfast_contract.bindings.kotlin]
package_name = "dev.handfast"
cdylib_name = "handfast_mobile"
generate_immutable_records = true
# written by hand, for it carries a message
exclude = ["HandfastError"]

[crates.handfast_contract.bindings.kotlin.custom_types.Decimal]
type_name = "java.math.BigDecimal"
lift = "java.math.BigDecimal({})"
lower = "{}.toPlainString()"

[crates.handfast_contract.bindings.kotlin.custom_types.Duration]
type_name = "kotlin.time.Duration"
imports = ["kotlin.time.toJavaDuration", "kotlin.time.toKotlinDuration"]
lift = "{}.toKotlinDuration()"
lower = "{}.toJavaDuration()"
"#;

const SWIFT: &str = r#"
[crates.handfast_mobile.bindings.swift]
ffi_module_name = "HandfastNative"
ffi_module_filename = "handfast_mobile"
generate_module_map = false
# Swift has its own, which does not cross the border to tell the time
exclude = ["ManualClock"]

# what is wrapped
[crates.handfast_mobile.bindings.swift.rename]
"Handfast.open" = "nativeOpen"
{groups}MailRejection = "NativeRejection"
HostFailure = "NativeFailure"

[crates.handfast_contract.bindings.swift]
ffi_module_name = "HandfastNative"
ffi_module_filename = "handfast_contract"
generate_module_map = false
generate_immutable_records = true
generate_case_iterable_conformance = true
# written by hand, for it tells its code and its message
exclude = ["HandfastError"]

# the names that Swift has, for ours would hide those of the standard library
[crates.handfast_contract.bindings.swift.rename]
MailRejection = "NativeRejection"
Timestamp = "Date"
Duration = "TimeInterval"
Bytes = "Data"

[crates.handfast_contract.bindings.swift.custom_types.Date]
type_name = "Foundation.Date"
lift = "{}"
lower = "{}.crossing"

[crates.handfast_contract.bindings.swift.custom_types.TimeInterval]
type_name = "Foundation.TimeInterval"
lift = "{}"
lower = "{}.crossing"

[crates.handfast_contract.bindings.swift.custom_types.Data]
type_name = "Foundation.Data"
lift = "{}"
lower = "{}"

[crates.handfast_contract.bindings.swift.custom_types.Decimal]
type_name = "Foundation.Decimal"
lift = "(Foundation.Decimal(string: {}, locale: Locale(identifier: \"en_US_POSIX\")) ?? .nan)"
lower = "{}.description"
"#;

pub(super) fn file() -> Generated {
    let mut text = format!("# {HEAD}\n{KOTLIN}");
    for name in texts() {
        let _ = write!(
            text,
            "\n[crates.handfast_contract.bindings.kotlin.custom_types.{name}]\nlift = \"{name}({{}})\"\n\
             lower = \"{{}}.value\"\n"
        );
    }
    text.push_str(&SWIFT.replace("{groups}", &swift_groups()));
    for name in texts() {
        let _ = write!(
            text,
            "\n[crates.handfast_contract.bindings.swift.custom_types.{name}]\nlift = \"{name}({{}})\"\n\
             lower = \"{{}}.rawValue\"\n"
        );
    }
    Generated::new("bindings/mobile/bindgen.toml", text)
}

/// In Swift the groups are properties, which cannot have the names of methods.
fn swift_groups() -> String {
    groups().map(|Group { name, .. }| format!("\"Handfast.{name}\" = \"native_{name}\"\n")).collect()
}
