/**
 * Runs real Kafka brokers in processes of their own, on loopback addresses, for tests and for
 * {@code scripts/try}, which is why it needs no JUnit.
 */
package dev.kafkapod.testing;
