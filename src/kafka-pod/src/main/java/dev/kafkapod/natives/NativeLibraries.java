package dev.kafkapod.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Takes the native libraries of zstd, snappy and lz4 out of Kafka's jars. Left alone, a JVM unpacks
 * them into /tmp when the first batch is compressed, and can't load them where that is mounted
 * noexec (com.github.luben.zstd.util.Native, org.xerial.snappy.SnappyLoader, net.jpountz.util
 * .Native).
 */
public final class NativeLibraries {

  private static final String JARS = "{zstd-jni,snappy-java,lz4-java}-*.jar";

  private NativeLibraries() {}

  /**
   * Unpacks those for the Java that runs this. Each lies in a folder that is named after its jar,
   * for a library and the classes that call it must be of one version.
   *
   * @param args the folder of Kafka's jars, and the folder to unpack into
   * @throws IOException if something can't be read or written
   */
  public static void main(String[] args) throws IOException {
    unpack(Path.of(args[0]), Path.of(args[1]), System.getProperty("os.arch"));
  }

  /** Returns what was unpacked; a jar without a library for this architecture is left out. */
  static List<Path> unpack(Path jars, Path into, String architecture) throws IOException {
    List<Path> unpacked = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(jars, JARS)) {
      for (Path jar : found) {
        String name = jar.getFileName().toString();
        Path folder = into.resolve(name.substring(0, name.length() - ".jar".length()));
        unpackOne(jar, folder, architecture).ifPresent(unpacked::add);
      }
    }
    return unpacked;
  }

  private static Optional<Path> unpackOne(Path jar, Path folder, String architecture)
      throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Optional<ZipEntry> library = library(zip, architecture);
      if (library.isEmpty()) {
        return Optional.empty();
      }
      String path = library.get().getName();
      Path file =
          Files.createDirectories(folder).resolve(path.substring(path.lastIndexOf('/') + 1));
      try (InputStream in = zip.getInputStream(library.get())) {
        Files.copy(in, file);
      }
      return Optional.of(file);
    }
  }

  /** Each project has a way of its own to write a platform's name. */
  private static Optional<ZipEntry> library(ZipFile zip, String architecture) {
    String names = architecture.equals("amd64") ? "(amd64|x86_64)" : Pattern.quote(architecture);
    Pattern library = Pattern.compile("(.*/)?[Ll]inux/" + names + "/lib[^/]+\\.so");
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (library.matcher(entry.getName()).matches()) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }
}
