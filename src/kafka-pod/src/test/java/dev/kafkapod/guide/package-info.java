/**
 * What the pages for people say of failures, computed; and the commands that they show, checked.
 */
package dev.kafkapod.guide;
