/** Looks into a node's directories, and formats them with Kafka's own tool. */
package dev.kafkapod.formatting;
