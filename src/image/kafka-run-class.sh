#!/bin/sh
# kafka-run-class.sh CLASS [ARGUMENT]...: runs one of Kafka's command line tools, in a JVM of its own beside the broker.
#
# KAFKA_TOOLS_OPTS adds flags to its JVM, for example -Xmx512m. What the container's environment has for the broker is not
# for its tools: a second JVM would clash with the JMX port, load the agents, or take the heap that the broker has.
unset JMX_PORT KAFKA_OPTS KAFKA_HEAP_OPTS KAFKA_JMX_OPTS KAFKA_JVM_PERFORMANCE_OPTS KAFKA_GC_LOG_OPTS KAFKA_LOG4J_OPTS
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

if [ $# -eq 0 ]; then
  echo "usage: kafka-run-class.sh CLASS [ARGUMENT]..." >&2
  exit 2
fi
# beside a broker this is what the kernel is to kill first when the container's memory runs out: everybody may raise that
[ "$1" = kafka.Kafka ] || { echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
home=$(cd "${0%/*}/.." && pwd) || exit 2
# shellcheck disable=SC2034 # $kafka is for what is included
# the image's own native libraries, or else a JVM unpacks them into /tmp, which may be mounted noexec
zstd='' snappy='' lz4='' kafka=$home pod=${home%/*}/kafka-pod
if [ -r "$pod/bin/native-libraries" ]; then
  # shellcheck source=/dev/null # checked by itself
  . "$pod/bin/native-libraries"
  find_native_libraries
fi
if [ -n "$lz4" ]; then
  LD_LIBRARY_PATH=${lz4%/*}${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  export LD_LIBRARY_PATH
fi
java=java
case ${JAVA_HOME:-} in
*[![:space:]]*) java=$JAVA_HOME/bin/java ;;
esac
# what the limit leaves beside the broker
heap=$("$home/../kafka-pod/bin/kafka-pod" largest-heap 256 32 2>/dev/null) || heap=
# shellcheck disable=SC2086,SC2154 # several flags in one variable; others are set by what is included
exec "$java" -Xms8m "-Xmx${heap:-64}m" -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${KAFKA_TOOLS_OPTS:-} \
  ${zstd:+"-DZstdNativePath=$zstd"} ${snappy:+"-Dorg.xerial.snappy.lib.path=${snappy%/*}"} \
  "-Dlog4j2.configurationFile=$home/config/tools-log4j2.properties" \
  -cp "$home/libs/*${CLASSPATH:+:$CLASSPATH}" "$@"
