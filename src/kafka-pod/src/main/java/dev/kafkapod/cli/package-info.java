/** The command line: options, wiring, output and exit codes. */
package dev.kafkapod.cli;
