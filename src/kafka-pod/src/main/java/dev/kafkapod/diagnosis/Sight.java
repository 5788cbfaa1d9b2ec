package dev.kafkapod.diagnosis;

import java.util.Objects;

/**
 * What one look at one address showed.
 *
 * @param detail more of it, in the words of whoever listens there or of the system; may be empty
 */
public record Sight(SightKind kind, String detail) {

  /** What there is to see. */
  public enum SightKind {
    /** The name stands for no address. */
    UNRESOLVED,
    /** DNS hasn't said yet what the name stands for. */
    SLOW_NAME,
    /** Nothing listens there. */
    REFUSED,
    /** There is no way to it. */
    UNREACHABLE,
    /** No connection came about in time, nor was it refused. */
    NO_CONNECTION,
    /** Connections are accepted, and closed whatever one says. */
    CLOSED,
    /** Connections are accepted, and nothing is ever said. */
    SILENT,
    /** Kafka, without TLS. */
    KAFKA,
    /** TLS; what is inside can't be seen. */
    TLS,
    /** TLS, and nothing inside it that answers as Kafka. */
    TLS_ONLY,
    /** A JMX port, or another of Java's RMI. */
    RMI,
    /** A web server. */
    HTTP,
    /** Somebody who says something else. */
    OTHER,
    /** Kafka that answers nobody who hasn't logged in; the detail names its SASL mechanisms. */
    NEEDS_SASL,
    /** A Kafka controller. */
    CONTROLLER,
    /** A Kafka broker. */
    BROKER
  }

  public Sight {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(detail);
  }

  /** One that says everything by its kind. */
  public static Sight of(SightKind kind) {
    return new Sight(kind, "");
  }
}
