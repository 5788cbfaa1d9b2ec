package dev.kafkapod.storage;

/** Whether the cluster knows a broker by its id. */
public enum Acquaintance {
  KNOWN,
  STRANGER,
  /** Nobody could be asked. */
  UNKNOWN
}
