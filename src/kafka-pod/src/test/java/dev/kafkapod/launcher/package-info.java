/** Tests of the launcher alone, with a stand-in for Java. */
package dev.kafkapod.launcher;
