package dev.kafkapod.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to what the API server tells of a namespace's pods, and writes down what matters. */
final class PodWatch implements AutoCloseable {

  private final Kubectl kubectl;
  private final String namespace;
  private final Report report;
  private final List<PodEvent> events = new CopyOnWriteArrayList<>();
  private final Map<String, PodEvent> last = new HashMap<>();
  private final Thread thread = new Thread(this::watch, "pod-watch");
  private volatile boolean running = true;
  private volatile Process process;

  /** Begins to listen. */
  PodWatch(Kubectl kubectl, String namespace, Report report) {
    this.kubectl = kubectl;
    this.namespace = namespace;
    this.report = report;
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /** The API server ends watches after some time: then begins the next one. */
  private void watch() {
    while (running) {
      Process current =
          kubectl.start(
              "-n", namespace, "get", "pods", "--watch", "--output-watch-events", "-o", "json");
      process = current;
      try (MappingIterator<JsonNode> stream =
          Kubectl.JSON.readerFor(JsonNode.class).readValues(current.getInputStream())) {
        while (running && stream.hasNextValue()) {
          PodEvent.of(stream.nextValue(), System.currentTimeMillis()).ifPresent(this::add);
        }
        Thread.sleep(500);
      } catch (IOException e) {
        // ended in the middle of an event; the next watch tells it again
      } catch (InterruptedException e) {
        return;
      } finally {
        current.destroy();
      }
    }
  }

  private void add(PodEvent event) {
    Optional<PodEvent> before = Optional.ofNullable(last.put(event.pod(), event));
    events.add(event);
    Timeline.describe(before, event).ifPresent(what -> report.event(event.atMillis(), what));
  }

  /** Everything so far, the oldest first. */
  List<PodEvent> events() {
    return List.copyOf(events);
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
    Process current = process;
    if (current != null) {
      current.destroy();
    }
  }
}
