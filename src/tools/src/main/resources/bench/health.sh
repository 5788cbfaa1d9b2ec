#!/usr/bin/env bash
# health.sh FILE URL: readiness in the manner of today's operators, for scripts/bench probe to measure against. If FILE
# says that the node is a broker, the agent in its JVM is asked over HTTP.
set -e

grep -Eq '^process\.roles=.*broker' "$1" || exit 1
code=$(curl -s -o /dev/null -w '%{http_code}' --max-time 5 "$2")
[[ $code == 200 ]]
