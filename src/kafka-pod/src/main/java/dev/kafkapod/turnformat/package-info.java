/** How the records of turns are written: JSON values, keys and headers, with a version. */
package dev.kafkapod.turnformat;
