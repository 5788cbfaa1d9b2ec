package dev.kafkapod.rendering;

import dev.kafkapod.common.Address;
import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a setting's listeners, and says what is wrong with those that nobody could use. */
final class ListenerReading {

  private ListenerReading() {}

  /** Reads a list of listeners; what can't be read is reported and left out. */
  static List<Listener> of(Setting setting, Problems problems) {
    List<Listener> listeners = new ArrayList<>();
    for (String text : KafkaList.of(setting.text())) {
      Optional<Listener> listener = Listener.of(text).filter(it -> !unbracketed(it));
      if (listener.isEmpty()) {
        problems.error(
            setting,
            "a listener must be NAME://HOST:PORT, got '%s'; write for example MESH://127.0.0.5:9091%s",
            text,
            unbracketed(text) ? ", and an IPv6 address in brackets" : "");
      } else if (!Address.isPort(listener.get().port())) {
        problems.error(
            setting,
            "a port must be from 1 to 65535, got %d in '%s'; correct it",
            listener.get().port(),
            text);
      } else {
        listeners.add(listener.get());
      }
    }
    return listeners;
  }

  /** Kafka takes it; which colon stands before the port, people can't see. */
  private static boolean unbracketed(Listener listener) {
    return listener.host().startsWith("[") && unbracketed(listener.text());
  }

  private static boolean unbracketed(String text) {
    return text.indexOf('[') < 0 && text.chars().filter(it -> it == ':').count() > 2;
  }
}
