package dev.kafkapod.broker;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * Reads single attributes, and takes an MBean that isn't there for an ordinary answer: Kafka
 * registers them one by one.
 */
final class MBeanReader {

  private final MBeanServerConnection connection;

  MBeanReader(MBeanServerConnection connection) {
    this.connection = connection;
  }

  /** An attribute's value; empty if there is no such MBean or attribute, or no value yet. */
  Optional<Object> attribute(ObjectName bean, String attribute) throws IOException {
    try {
      return Optional.ofNullable(connection.getAttribute(bean, attribute));
    } catch (InstanceNotFoundException | AttributeNotFoundException e) {
      return Optional.empty();
    } catch (JMException e) {
      throw new IOException(
          "reading " + attribute + " of " + bean + " failed: " + e.getMessage(), e);
    }
  }

  Optional<Object> attribute(String bean, String attribute) throws IOException {
    return attribute(name(bean), attribute);
  }

  Optional<String> text(String bean, String attribute) throws IOException {
    return attribute(bean, attribute).map(Object::toString);
  }

  /**
   * A numeric attribute's value, rounded towards zero; empty also for NaN, which Kafka uses for "no
   * value yet".
   */
  OptionalInt number(String bean, String attribute) throws IOException {
    Optional<Number> value =
        attribute(bean, attribute).filter(Number.class::isInstance).map(Number.class::cast);
    return value.isEmpty() || Double.isNaN(value.get().doubleValue())
        ? OptionalInt.empty()
        : OptionalInt.of(value.get().intValue());
  }

  /** The names of the MBeans that match a pattern. */
  Set<ObjectName> names(String pattern) throws IOException {
    return connection.queryNames(name(pattern), null);
  }

  static ObjectName name(String name) {
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
