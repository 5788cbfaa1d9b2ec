/**
 * Decides what a disk without its data means, whether it may be formatted, and with what Kafka can
 * start.
 */
package dev.kafkapod.storage;
