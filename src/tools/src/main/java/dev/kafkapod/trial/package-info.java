/**
 * What {@code scripts/turns-trial} runs: nodes of real clusters that want to stop in the same
 * moment, and what comes of it.
 */
package dev.kafkapod.trial;
