/**
 * What {@code scripts/bench} measures: costs, on real brokers next to what people do today, and on
 * a stand-in for clusters that are too big for one machine.
 */
package dev.kafkapod.bench;
