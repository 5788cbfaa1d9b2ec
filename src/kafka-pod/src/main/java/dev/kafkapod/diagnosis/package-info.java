/** Says why nobody answers at an address: what listens there, and what to look at. */
package dev.kafkapod.diagnosis;
