package dev.kafkapod.broker;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.diagnosis.AddressLook;
import dev.kafkapod.diagnosis.Sight;
import dev.kafkapod.readiness.BrokerSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads a Kafka process through its JMX port. */
public final class JmxBrokerProbe implements BrokerProbe {

  /** A broker that is well has answered by then. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Pattern REGISTRY =
      Pattern.compile("/jndi/rmi://(\\[[^\\]]+\\]|[^:/]+)?(?::(\\d{1,5}))?/");
  private static final String DEFAULT_PORT = "1099";
  private static final Sight NOTHING = Sight.of(Sight.SightKind.RMI);

  private final JMXServiceURL url;
  private final String subject;
  private volatile String silence = "";

  /** A probe that connects anew for each snapshot. */
  public JmxBrokerProbe(JMXServiceURL url) {
    this(url, "the broker at " + url);
  }

  JmxBrokerProbe(JMXServiceURL url, String subject) {
    this.url = Objects.requireNonNull(url);
    this.subject = subject;
  }

  @Override
  @SuppressWarnings("BanJNDI") // the address is the operator's own choice, given like the broker's
  public BrokerSnapshot snapshot() throws Unanswered {
    CountDownLatch answered = new CountDownLatch(1);
    lookAfter(answered);
    // not closed: closing waits for a peer that may have gone, and a one-shot process drops the
    // connection anyway
    try {
      return new MBeanBrokerProbe(
              JMXConnectorFactory.connect(url).getMBeanServerConnection(), subject)
          .snapshot();
    } catch (IOException e) {
      throw new Unanswered(
          "%s can't be reached over JMX: %s"
              .formatted(subject, JmxTrouble.failed(e, address(), sight())),
          e);
    } catch (SecurityException e) {
      throw new Unanswered(
          "%s can't be read over JMX: %s".formatted(subject, JmxTrouble.locked(e)), e);
    } finally {
      answered.countDown();
    }
  }

  @Override
  public Optional<String> silence() {
    return Optional.of(silence).filter(it -> !it.isEmpty()).map(it -> subject + " " + it);
  }

  /** RMI knows no time-outs: whoever asks gives up by himself, and wants to hear why. */
  private void lookAfter(CountDownLatch answered) {
    if (address().isEmpty()) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                if (!answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                  silence = JmxTrouble.silent(sight());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "kafka-pod: looking why JMX is silent");
    thread.setDaemon(true);
    thread.start();
  }

  /** Who listens where the URL leads; of a listener of Kafka's, RMI hears nothing. */
  private Sight sight() {
    if (address().isEmpty()) {
      return NOTHING;
    }
    Sight sight = AddressLook.rmi(address()).get(0).sight();
    if (sight.kind() != Sight.SightKind.CLOSED) {
      return sight;
    }
    Sight asKafka = AddressLook.kafka(address()).get(0).sight();
    return asKafka.kind() == Sight.SightKind.KAFKA ? asKafka : sight;
  }

  /** host:port of the registry that the URL names; empty if it names none. */
  private String address() {
    Matcher registry = REGISTRY.matcher(url.getURLPath());
    if (!registry.find()) {
      return "";
    }
    String host = registry.group(1) == null ? "127.0.0.1" : registry.group(1);
    return host + ":" + (registry.group(2) == null ? DEFAULT_PORT : registry.group(2));
  }
}
