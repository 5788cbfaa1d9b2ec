/**
 * Decides what an operator's override means for a broker's readiness, for how long, and what it
 * hides.
 *
 * <p>Pure: files are read and times are told elsewhere.
 */
package dev.kafkapod.overrides;
