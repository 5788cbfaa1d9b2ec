/** Build steps that need real brokers, run by {@code scripts/assemble}. */
package dev.kafkapod.packaging;
