/** What a command asks and decides, without picocli. */
package dev.kafkapod.inquiry;
