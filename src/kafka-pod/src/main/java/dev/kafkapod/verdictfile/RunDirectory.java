package dev.kafkapod.verdictfile;

/** The pod's directory for what must not outlive it, the agent's verdict for one. */
public final class RunDirectory {

  /** Where it is unless somebody says otherwise. */
  public static final String DEFAULT = "/run/kafka-pod";

  private RunDirectory() {}
}
