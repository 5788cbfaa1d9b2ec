package dev.kafkapod.verdictfile;

import java.nio.file.Path;

/** The pod's directory for what must not outlive it, the agent's verdict for one. */
public final class RunDirectory {

  /** Where it is unless somebody says otherwise. */
  public static final String DEFAULT = "/run/kafka-pod";

  private RunDirectory() {}

  /** Where the entrypoint leaves the broker's configuration. */
  public static Path configuration(Path runDirectory) {
    return runDirectory.resolve("config/server.properties");
  }
}
