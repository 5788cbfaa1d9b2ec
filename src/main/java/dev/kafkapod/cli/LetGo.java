package dev.kafkapod.cli;

import java.util.Optional;

/** Whether somebody has said that a stop needn't be safe: an operator, in an incident. */
@FunctionalInterface
interface LetGo {

  /** Why the stop isn't to be held up any longer, in one phrase; empty while nobody says so. */
  Optional<String> reason();
}
