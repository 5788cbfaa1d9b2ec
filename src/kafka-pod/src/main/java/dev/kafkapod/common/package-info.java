/**
 * The words that all others are made of: answers, verdicts, addresses, node ids, and files that are
 * replaced whole.
 */
package dev.kafkapod.common;
