/**
 * What sends and reads messages in a pod of its own while brokers restart; needs Kafka's clients
 * and nothing else.
 */
package dev.kafkapod.e2e.load;
