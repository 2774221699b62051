#!/usr/bin/env bash
# Builds the Rust library, and writes the Swift that calls it: `swift build` and `swift test` need both.
#
#   build.sh [--release]
set -euo pipefail
cd "$(dirname "$0")/../../.."

folder=debug
case ${1:-} in
'') ;;
--release) folder=release ;;
*)
    sed -n '2,4s/^# \{0,1\}//p' bindings/mobile/swift/build.sh >&2
    exit 2
    ;;
esac
case $(uname) in
Darwin) library=libhandfast_mobile.dylib ;;
*) library=libhandfast_mobile.so ;;
esac

written=target/swift/bindings
generated=bindings/mobile/swift/Sources/Handfast/Generated
native=bindings/mobile/swift/Sources/HandfastNative
cargo build --quiet --target-dir target "$@" --package handfast-mobile
cargo run --quiet --target-dir target --package handfast-bindgen -- generate --no-format --language swift \
    --config bindings/mobile/bindgen.toml --out-dir "$written" "target/$folder/$library"
mkdir -p "$generated" "$native"

# What uniffi cannot be told. The names of callbacks, which others have in Swift: it does not rename them in full. And the
# closures of a callback go to one task and are used nowhere else: Swift 6.0 does not see that, and may crash.
perl -i -pe '
    s/\b(Clock|Logger|Mailer|Progress)(Impl)?\b/Native$1$2/g;
    @closures = () if /^(file)?private func /;
    push @closures, $1 if /^    (\w+): \@escaping /;
    if (s/^(    let task = Task \{)$/$1 \@Sendable in/) {
        $_ = join("", map { "    nonisolated(unsafe) let $_ = $_\n" } @closures) . $_;
    }
' "$written/handfast_mobile.swift"

# what has not changed is not compiled again
take() {
    cmp --quiet "$written/$1" "$2/$1" || cp "$written/$1" "$2/$1"
}
for crate in handfast_contract handfast_mobile; do
    take "$crate.swift" "$generated"
    take "$crate.h" "$native"
done
