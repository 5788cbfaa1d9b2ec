package dev.kafkapod.storage;

/** Whether the cluster knows a broker by its id. */
public enum BrokerRegistration {
  KNOWN,
  UNREGISTERED,
  /** Nobody could be asked. */
  UNKNOWN
}
