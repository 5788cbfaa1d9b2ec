package dev.kafkapod.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The end of a log, short enough for an error message. */
final class LogTail {
  private static final int LINES = 30;

  private LogTail() {}

  /** The last 30 lines that are not stack frames, or why they can't be read. */
  static String of(Path log) {
    Deque<String> tail = new ArrayDeque<>();
    try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      lines
          .filter(line -> !line.startsWith("\t"))
          .forEach(
              line -> {
                tail.add(line);
                if (tail.size() > LINES) {
                  tail.remove();
                }
              });
    } catch (IOException e) {
      return "unreadable: " + e;
    }
    return String.join("\n", tail);
  }
}
