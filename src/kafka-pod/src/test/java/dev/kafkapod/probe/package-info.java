/** Runs {@code probe/kafka-pod-probe} in every shell that a container image may have as its sh. */
package dev.kafkapod.probe;
