package dev.kafkapod.brokerconfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a client's settings name: keys, certificates, files of config providers. A secret
 * that is mounted changes without anybody saying so.
 */
public final class CredentialFiles {

  /** {@code ${file:/path:key}} and the like. */
  private static final Pattern PROVIDED = Pattern.compile("\\$\\{\\w+:(/[^:}]+)");

  private CredentialFiles() {}

  /** The files named in the settings' values, in no order. */
  static List<Path> namedIn(Map<String, String> settings) {
    List<Path> files = new ArrayList<>();
    for (String value : settings.values()) {
      if (value.startsWith("/")) {
        add(value, files);
      }
      Matcher provided = PROVIDED.matcher(value);
      while (provided.find()) {
        add(provided.group(1), files);
      }
    }
    return files;
  }

  private static void add(String name, List<Path> files) {
    try {
      files.add(Path.of(name));
    } catch (InvalidPathException e) {
      // a value that only looks like a file
    }
  }

  /** A text that changes when one of the files does. */
  public static String fingerprint(Collection<Path> files) {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(file).append('=');
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        text.append(attributes.fileKey())
            .append(',')
            .append(attributes.size())
            .append(',')
            .append(attributes.lastModifiedTime());
      } catch (IOException e) {
        text.append("none");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
