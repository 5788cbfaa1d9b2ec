/**
 * Turns: which nodes stop before others, by the order of records in one partition of Kafka.
 * Decision 15 has the argument; nothing here reads a clock or a topic.
 */
package dev.kafkapod.turns;
