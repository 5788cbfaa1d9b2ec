/** How answers are put: exit codes, lines for people, JSON for programs. */
package dev.kafkapod.report;
