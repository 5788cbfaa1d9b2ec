/**
 * The file in which the agent leaves its verdicts for the probe script and the command line. Its
 * format is described in {@code docs/verdict-file.md}.
 */
package dev.kafkapod.verdictfile;
