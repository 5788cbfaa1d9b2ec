/**
 * Runs real Kafka brokers in processes of their own, on loopback addresses, for tests and for
 * {@code scripts/try}; knows nothing of kafka-pod and nothing of JUnit.
 */
package dev.kafkapod.testing;
