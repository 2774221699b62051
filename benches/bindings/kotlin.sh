#!/bin/sh
# Runs Bench.kt with the plan of the last argument; `prepare` builds it, with the library as it is shipped.
# The heap is small, so that what it forgets does not look like a leak.
cd "$(dirname "$0")/../../bindings/mobile/kotlin" || exit 1
case $1 in
prepare)
    mvn --batch-mode --no-transfer-progress -Pshipped test-compile dependency:build-classpath \
        -Dmdep.outputFile=target/bench-classpath
    ;;
*)
    exec java -Xmx128m -cp "target/test-classes:target/classes:$(cat target/bench-classpath)" dev.handfast.benches.BenchKt "$@"
    ;;
esac
