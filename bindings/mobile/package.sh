#!/usr/bin/env bash
# Packs handfast for phones: `./package.sh android` and `./package.sh apple`; both without an argument. What comes of it
# lies in `target/android` and `target/apple` of the workspace. Where a tool is missing it says which, and how to get it.
set -euo pipefail
cd "$(dirname "$0")/../.."

android_targets="aarch64-linux-android armv7-linux-androideabi x86_64-linux-android"
android_level=24
apple_targets="aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin"

needs() {
    echo "$*" >&2
    exit 2
}

# The Rust side of each target, or how to get it.
needs_targets() {
    local installed missing=""
    installed=$(rustup target list --installed 2>/dev/null || true)
    for target in "$@"; do
        grep -qx "$target" <<<"$installed" || missing="$missing $target"
    done
    [ -z "$missing" ] || needs "rust cannot build for$missing yet: rustup target add$missing"
}

bindings() { # language folder library
    cargo run --quiet --package handfast-bindgen -- generate --no-format --language "$1" \
        --config bindings/mobile/bindgen.toml --out-dir "$2" "$3"
}

android_folder() {
    case "$1" in
        aarch64-*) echo arm64-v8a ;;
        armv7-*) echo armeabi-v7a ;;
        x86_64-*) echo x86_64 ;;
    esac
}

android() {
    [ -n "${ANDROID_NDK_HOME:-}" ] || needs "android needs the NDK: install it (Android Studio: SDK Manager," \
        "SDK Tools, NDK) and set ANDROID_NDK_HOME to its folder"
    local tools
    tools=$(echo "$ANDROID_NDK_HOME"/toolchains/llvm/prebuilt/*/bin)
    [ -x "$tools/llvm-ar" ] || needs "android needs the NDK: ANDROID_NDK_HOME is $ANDROID_NDK_HOME, and there is no" \
        "toolchains/llvm/prebuilt/*/bin/llvm-ar in it"
    # shellcheck disable=SC2086
    needs_targets $android_targets

    local out=target/android target name clang
    rm -rf "$out"
    for target in $android_targets; do
        name=${target//-/_}
        clang="$tools/${target/armv7-/armv7a-}$android_level-clang"
        env "CC_$name=$clang" "AR_$name=$tools/llvm-ar" "CARGO_TARGET_$(tr a-z- A-Z_ <<<"$target")_LINKER=$clang" \
            cargo build --release --package handfast-mobile --target "$target"
        mkdir -p "$out/jniLibs/$(android_folder "$target")"
        cp "target/$target/release/libhandfast_mobile.so" "$out/jniLibs/$(android_folder "$target")/"
    done
    bindings kotlin "$out/kotlin" target/aarch64-linux-android/release/libhandfast_mobile.so
    cp -r bindings/mobile/kotlin/src/main/kotlin/. "$out/kotlin/"
    echo "$out: jniLibs and kotlin go into src/main of an Android module that depends on kotlinx-coroutines-android and" \
        "on net.java.dev.jna:jna as an @aar"
}

apple() {
    [ "$(uname)" = Darwin ] || needs "apple needs macOS with Xcode: this is $(uname)"
    command -v xcodebuild >/dev/null || needs "apple needs Xcode: install it from the App Store, then xcode-select --install"
    # shellcheck disable=SC2086
    needs_targets $apple_targets

    local out=target/apple target library=libhandfast_mobile.a
    rm -rf "$out"
    mkdir -p "$out/swift" "$out/headers" "$out/simulator" "$out/mac"
    for target in $apple_targets; do
        cargo build --release --package handfast-mobile --target "$target"
    done
    lipo -create target/{aarch64-apple-ios-sim,x86_64-apple-ios}/release/$library -output "$out/simulator/$library"
    lipo -create target/{aarch64,x86_64}-apple-darwin/release/$library -output "$out/mac/$library"
    bindings swift "$out/swift" target/aarch64-apple-darwin/release/libhandfast_mobile.dylib
    mv "$out"/swift/*.h "$out/headers/"
    cat "$out"/swift/*.modulemap >"$out/headers/module.modulemap"
    rm "$out"/swift/*.modulemap
    xcodebuild -create-xcframework -output "$out/HandfastFFI.xcframework" \
        -library "target/aarch64-apple-ios/release/$library" -headers "$out/headers" \
        -library "$out/simulator/$library" -headers "$out/headers" \
        -library "$out/mac/$library" -headers "$out/headers"
    echo "$out: HandfastFFI.xcframework, and the Swift that calls it"
}

case "${1:-both}" in
    android) android ;;
    apple) apple ;;
    both)
        status=0
        (android) || status=$?
        (apple) || status=$?
        exit "$status"
        ;;
    *) needs "usage: ./package.sh [android|apple]" ;;
esac
