/** How files are replaced, and what it means in words that one can't be read or written. */
package dev.kafkapod.files;
