/** What the values of settings mean, be they options, variables, or lines of a properties file. */
package dev.kafkapod.settings;
