package dev.kafkapod.storage;

import java.util.List;
import java.util.stream.Collectors;

/** How {@code kafka-storage.sh format} is to begin the metadata log. */
public sealed interface FormatMode {

  /** What it is told beside the configuration and the cluster's id. */
  List<String> flags();

  /** The configuration names the voters. */
  record StaticVoters() implements FormatMode {
    @Override
    public List<String> flags() {
      return List.of();
    }
  }

  /** The only voter, until others are added. */
  record Standalone() implements FormatMode {
    @Override
    public List<String> flags() {
      return List.of("--standalone");
    }
  }

  /** One of the first voters of a new cluster. */
  record InitialControllers(List<InitialController> all) implements FormatMode {
    public InitialControllers {
      all = List.copyOf(all);
    }

    @Override
    public List<String> flags() {
      return List.of(
          "--initial-controllers",
          all.stream().map(InitialController::toString).collect(Collectors.joining(",")));
    }
  }

  /** Not a voter before somebody adds it. */
  record NoInitialControllers() implements FormatMode {
    @Override
    public List<String> flags() {
      return List.of("--no-initial-controllers");
    }
  }
}
