#!/bin/sh
# Runs Bench.swift with the plan of the last argument; `prepare` builds it, with the library as it is shipped.
cd "$(dirname "$0")/from_swift" || exit 1
root=$(realpath ../../..)
export HANDFAST_LIBRARY="$root/target/release"
swift=$root/bindings/mobile/swift
case $1 in
prepare) "$swift/build.sh" --release && exec "$swift/toolchain.sh" swift build -c release --scratch-path "$root/target/swift/bench" ;;
*) exec "$swift/toolchain.sh" swift run -c release --skip-build --quiet --scratch-path "$root/target/swift/bench" Bench "$@" ;;
esac
