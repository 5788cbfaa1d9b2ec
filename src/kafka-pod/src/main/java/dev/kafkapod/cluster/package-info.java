/**
 * Asks a Kafka cluster about itself, with the fewest and cheapest public calls that are right.
 *
 * <p>Runs with the kafka-clients of Kafka 3.7 to 4.4, because an agent has to use its broker's own:
 * newer calls are found at run time.
 */
package dev.kafkapod.cluster;
