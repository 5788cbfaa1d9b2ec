/** The files in which operators leave overrides: reads them, whatever they are, and writes them. */
package dev.kafkapod.overridefile;
