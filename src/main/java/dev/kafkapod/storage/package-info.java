/** Decides what a disk without Kafka's meta.properties means, and whether it may be formatted. */
package dev.kafkapod.storage;
