package dev.kafkapod.testing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All the jars of one Kafka version, as {@code scripts/kafka-libs} has laid them down, and Kafka's
 * own command-line tools run from them.
 *
 * <p>The tools run inside this JVM, in a class loader that sees nothing of the class path: a JVM of
 * their own would cost 1 to 2 s each time.
 */
public final class KafkaDistribution {
  private static final Map<String, KafkaDistribution> LOADED = new ConcurrentHashMap<>();

  private final String version;
  private final Path directory;
  private final ClassLoader classLoader;

  private KafkaDistribution(String version, Path directory) {
    this.version = version;
    this.directory = directory;
    classLoader = new URLClassLoader("kafka-" + version, jars(directory), new Parent());
    forbidExit();
  }

  /**
   * The distribution of a version, from {@code target/kafka/<version>} under the working directory,
   * or from {@code <version>} under the folder that the system property {@code
   * kafkapod.kafka.directory} names.
   *
   * @throws IllegalStateException if it isn't there
   */
  public static KafkaDistribution of(String version) {
    return LOADED.computeIfAbsent(
        version,
        v -> {
          Path directory =
              Path.of(System.getProperty("kafkapod.kafka.directory", "target/kafka"))
                  .resolve(v)
                  .toAbsolutePath()
                  .normalize();
          if (!Files.isDirectory(directory)) {
            throw new IllegalStateException(
                "Kafka %s: its jars must be in %s, which doesn't exist; run scripts/kafka-libs %s"
                    .formatted(v, directory, v));
          }
          return new KafkaDistribution(v, directory);
        });
  }

  /** For example 4.3.1. */
  public String version() {
    return version;
  }

  /** The absolute path of the folder with the jars. */
  public Path directory() {
    return directory;
  }

  /** A Kafka home with nothing but these jars below, in {@code libs}. */
  public Path home() {
    Path home = directory.resolveSibling("home-" + version);
    try {
      Files.createDirectories(home);
      Files.createSymbolicLink(home.resolve("libs"), directory);
    } catch (FileAlreadyExistsException e) {
      // it is there
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home;
  }

  /**
   * All jars, to be given to {@code java -cp}: by the names and in the order in which the
   * entrypoint names them, so that one archive of classes serves brokers that are started either
   * way.
   */
  public String classPath() {
    Path libs = home().resolve("libs");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.endsWith(".jar"))
          .sorted()
          .map(it -> libs.resolve(it).toString())
          .collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sees the jars and the JDK, and of this JVM's class path only SLF4J, so that Kafka's classes log
   * to where this JVM logs.
   */
  public ClassLoader classLoader() {
    return classLoader;
  }

  /**
   * Runs {@code kafka-topics.sh} of this version.
   *
   * @return what it printed on stdout
   * @throws IllegalStateException if it failed; the message has its arguments, its complaint and
   *     what it had printed
   */
  public String topicCommand(String... args) {
    try {
      // Where main goes, but what it throws reaches us; in the end it exits itself.
      Method execute =
          classLoader
              .loadClass("org.apache.kafka.tools.TopicCommand")
              .getDeclaredMethod("execute", String[].class);
      execute.setAccessible(true);
      return StdoutCapture.of(() -> call(execute, (Object) args));
    } catch (StdoutCapture.Failure e) {
      throw new IllegalStateException(
          "kafka-topics.sh %s: %s%n%s"
              .formatted(String.join(" ", args), e.getCause().getMessage(), e.printed()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Kafka %s has another TopicCommand".formatted(version), e);
    }
  }

  /**
   * Runs {@code kafka-storage.sh} of this version.
   *
   * @return what it printed
   * @throws IllegalStateException if it failed; the message has its arguments, its complaint and
   *     what it had printed
   */
  public String storageTool(String... args) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Object exitCode;
    try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      Method execute =
          classLoader
              .loadClass("kafka.tools.StorageTool")
              .getMethod("execute", String[].class, PrintStream.class);
      exitCode = call(execute, args, stream);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Kafka %s has another StorageTool".formatted(version), e);
    } catch (Exception e) {
      throw new IllegalStateException(
          "kafka-storage.sh %s: %s%n%s"
              .formatted(
                  String.join(" ", args), e.getMessage(), printed.toString(StandardCharsets.UTF_8)),
          e);
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    if (!Integer.valueOf(0).equals(exitCode)) {
      throw new IllegalStateException(
          "kafka-storage.sh %s: exit code %s%n%s"
              .formatted(String.join(" ", args), exitCode, output));
    }
    return output;
  }

  private Object call(Method method, Object... args) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Kafka looks up classes that its configuration names through the context class loader.
    thread.setContextClassLoader(classLoader);
    try {
      return method.invoke(null, args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof ExitCalled exit && exit.code == 0) {
        return exit.code;
      }
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** A tool that doesn't like its arguments exits: here it must throw instead. */
  private void forbidExit() {
    try {
      Class<?> exit = classLoader.loadClass("org.apache.kafka.common.utils.Exit");
      Class<?> procedure = classLoader.loadClass("org.apache.kafka.common.utils.Exit$Procedure");
      Object refusal =
          Proxy.newProxyInstance(
              classLoader,
              new Class<?>[] {procedure},
              (proxy, method, args) -> {
                throw new ExitCalled((Integer) args[0], (String) args[1]);
              });
      exit.getMethod("setExitProcedure", procedure).invoke(null, refusal);
      exit.getMethod("setHaltProcedure", procedure).invoke(null, refusal);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Kafka %s: its Exit is another".formatted(version), e);
    }
  }

  private static URL[] jars(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
        urls.add(jar.toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a tool meets that wants to end the JVM. */
  private static final class ExitCalled extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    ExitCalled(int code, String message) {
      super("exit code " + code + (message == null ? "" : ": " + message));
      this.code = code;
    }
  }

  private static final class Parent extends ClassLoader {
    Parent() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("org.slf4j.")) {
        return KafkaDistribution.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
