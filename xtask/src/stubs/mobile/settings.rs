//! What uniffi is told: packages, and how ids, decimals and durations look in each language.

use std::fmt::Write;

use super::{Generated, HEAD, texts};

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
[crates.handfast_contract.bindings.swift]
generate_immutable_records = true

[crates.handfast_contract.bindings.swift.custom_types.Decimal]
type_name = "Foundation.Decimal"
imports = ["Foundation"]
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
    text.push_str(SWIFT);
    for name in texts() {
        let _ = write!(
            text,
            "\n[crates.handfast_contract.bindings.swift.custom_types.{name}]\nlift = \"{name}({{}})\"\n\
             lower = \"{{}}.rawValue\"\n"
        );
    }
    Generated::new("bindings/mobile/bindgen.toml", text)
}
