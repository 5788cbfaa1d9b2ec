/** What {@code scripts/soak} runs: agents for a long time, in a cluster that never rests. */
package dev.kafkapod.soak;
