/** What {@code scripts/bench} measures: costs, on real brokers, next to what people do today. */
package dev.kafkapod.bench;
