/** Keeps everything that asks somebody within a time limit, whatever that somebody does. */
package dev.kafkapod.bounded;
