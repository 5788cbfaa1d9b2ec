/** Formats a node's directories with Kafka's own tool. */
package dev.kafkapod.formatting;
