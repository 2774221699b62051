#!/usr/bin/env bash
# Swift 6 for the tests of this package: the `swift` on PATH, or else, as root on Debian, one of our own. Debian 12 has
# no Swift, so the next release is unpacked beside it into a folder of the cache, and Swift runs in there.
#
#   toolchain.sh check           succeeds if Swift can be had here; otherwise says what is missing
#   toolchain.sh swift ARGUMENT  runs Swift in the present folder, which must lie within the workspace
set -euo pipefail

readonly RELEASE=trixie
readonly PACKAGES=swiftlang,libc6-dev,libstdc++-14-dev,binutils
readonly SWIFT=/usr/libexec/swift/bin
script=$(realpath "${BASH_SOURCE[0]}")
workspace=$(realpath "$(dirname "$script")/../../..")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/handfast
root=$cache/swift
readonly script workspace cache root

on_path() {
    swift --version 2>/dev/null | grep -Eq 'Swift version ([6-9]|[1-9][0-9])'
}

prepared() {
    [ -x "$root$SWIFT/swift-test" ] && [ -e "$root/usr/include/stdio.h" ] && [ -e "$root/usr/bin/ld" ] &&
        compgen -G "$root/usr/lib/gcc/*/*/libstdc++.so" >/dev/null
}

# What keeps us from preparing a Swift of our own; nothing if nothing does.
obstacle() {
    [ -e /etc/debian_version ] && command -v apt-get >/dev/null || { echo "this is not Debian"; return; }
    [ "$(id -u)" = 0 ] || { echo "only root can"; return; }
    unshare --mount true 2>/dev/null || { echo "this root may not mount"; return; }
}

check() {
    on_path && return
    local obstacle
    obstacle=$(obstacle)
    [ -z "$obstacle" ] && return
    echo "needs Swift 6 on PATH (swift.org/install); a Swift of its own cannot be prepared here: $obstacle"
    return 1
}

mirror() {
    apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Label: Debian' | head -n 1
}

# Takes the place of `root` only when it is complete, so that being interrupted does no harm; one process at a time.
prepare() {
    mkdir -p "$cache"
    # in a mount namespace of its own, so that no mount outlives this script, and none is deleted through
    flock "$cache/swift.lock" unshare --mount --propagation private "$script" unpack >&2
}

unpack() {
    prepared && return
    echo "preparing Swift in $root: about two minutes and 3 GB"
    [ -n "$(mirror)" ] || apt-get update -q
    command -v debootstrap >/dev/null || install_debootstrap
    rm -rf --one-file-system "$root.partial"
    debootstrap --variant=minbase --include="$PACKAGES" "$RELEASE" "$root.partial" "$(mirror)"
    chroot "$root.partial" apt-get clean
    rm -rf --one-file-system "$root"
    mv "$root.partial" "$root"
}

install_debootstrap() {
    DEBIAN_FRONTEND=noninteractive apt-get install -qy debootstrap ||
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy debootstrap; }
}

# Runs in a mount namespace of its own: what is mounted here ends with it.
enter() {
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mkdir -p "$root$workspace"
    mount --bind "$workspace" "$root$workspace"
    local variables=(HOME=/root LANG=C.UTF-8 "PATH=$SWIFT:/usr/bin:/bin") name
    for name in "${!HANDFAST_@}"; do
        variables+=("$name=${!name}")
    done
    exec chroot "$root" env -i "${variables[@]}" sh -c 'cd "$1" && shift && exec "$@"' sh "$PWD" "$@"
}

case ${1:-} in
check) check ;;
swift)
    if on_path; then
        exec "$@"
    fi
    check
    prepared || prepare
    exec unshare --mount --propagation private "$script" enter "$@"
    ;;
unpack) unpack ;;
enter) shift && enter "$@" ;;
*)
    sed -n '2,6s/^# \{0,1\}//p' "$script" >&2
    exit 2
    ;;
esac
