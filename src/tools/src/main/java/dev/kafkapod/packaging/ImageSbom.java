package dev.kafkapod.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Says what is in the image, as one CycloneDX document: the jars, as the CycloneDX plugin lists
 * them for Kafka and for kafka-pod; the Java runtime; the base's Debian packages.
 */
public final class ImageSbom {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, ObjectNode> components = new TreeMap<>();
  private final Map<String, ObjectNode> dependencies = new TreeMap<>();

  private ImageSbom() {}

  /**
   * Writes {@code sbom.json} beside the image.
   *
   * @param args the image's name, its version, the directory that has {@code root} (what the image
   *     has on top of its base) and {@code sbom} (with {@code kafka.json}, {@code kafka-pod.json}
   *     and the base's {@code status} of packages and {@code os-release})
   * @throws IllegalStateException if the image has a jar that is in neither list
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[2]);
    Path sources = directory.resolve("sbom");
    ImageSbom sbom = new ImageSbom();
    sbom.jars(sources.resolve("kafka.json"));
    sbom.jars(sources.resolve("kafka-pod.json"));
    sbom.requireEveryJar(directory.resolve("root/opt"));
    sbom.java(directory.resolve("root/opt/java/release"));
    sbom.packages(sources.resolve("status"), sources.resolve("os-release"));
    Files.writeString(directory.resolve("sbom.json"), sbom.document(args[0], args[1]));
  }

  private void jars(Path file) throws IOException {
    JsonNode document = JSON.readTree(file.toFile());
    JsonNode own = document.at("/metadata/component");
    if (own.path("name").asText().equals("kafka-pod")) {
      add((ObjectNode) own);
    }
    document.path("components").forEach(component -> add((ObjectNode) component));
    document
        .path("dependencies")
        .forEach(entry -> dependencies.putIfAbsent(entry.path("ref").asText(), (ObjectNode) entry));
  }

  private void add(ObjectNode component) {
    components.putIfAbsent(component.path("bom-ref").asText(), component);
  }

  private void requireEveryJar(Path opt) throws IOException {
    List<String> missing = new ArrayList<>();
    try (Stream<Path> files = Files.walk(opt)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          // kafka-pod's own, and the JDK's
          .filter(name -> !name.startsWith("kafka-pod") && !name.equals("jrt-fs.jar"))
          .filter(name -> components.values().stream().noneMatch(known -> isJar(known, name)))
          .forEach(missing::add);
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("these jars are in the image but in no SBOM: " + missing);
    }
  }

  private static boolean isJar(ObjectNode component, String name) {
    return name.startsWith(
        component.path("name").asText() + "-" + component.path("version").asText());
  }

  private void java(Path release) throws IOException {
    String version = properties(release).getProperty("JAVA_VERSION");
    ObjectNode component = component("platform", "openjdk", version);
    component.put("purl", "pkg:generic/openjdk@" + version);
    components.put(component.path("bom-ref").asText(), component);
  }

  private void packages(Path status, Path osRelease) throws IOException {
    Properties os = properties(osRelease);
    String distribution = os.getProperty("ID");
    for (String paragraph : Files.readString(status, StandardCharsets.UTF_8).split("\n\n", -1)) {
      String name = field(paragraph, "Package");
      if (name.isEmpty() || !field(paragraph, "Status").endsWith(" installed")) {
        continue;
      }
      String version = field(paragraph, "Version");
      ObjectNode component = component("library", name, version);
      component.put(
          "purl",
          "pkg:deb/%s/%s@%s?arch=%s&distro=%s-%s"
              .formatted(
                  distribution,
                  name,
                  version.replace("+", "%2B").replace(":", "%3A"),
                  field(paragraph, "Architecture"),
                  distribution,
                  os.getProperty("VERSION_ID")));
      components.put(component.path("bom-ref").asText(), component);
    }
  }

  private static ObjectNode component(String type, String name, String version) {
    ObjectNode component = JSON.createObjectNode();
    component.put("type", type);
    component.put("bom-ref", type + "/" + name + "@" + version);
    component.put("name", name);
    component.put("version", version);
    return component;
  }

  private static String field(String paragraph, String name) {
    return paragraph
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        properties.put(line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
      }
    }
    return properties;
  }

  private String document(String name, String version) throws IOException {
    ObjectNode document = JSON.createObjectNode();
    document.put("bomFormat", "CycloneDX");
    document.put("specVersion", "1.6");
    ArrayNode list = JSON.createArrayNode();
    components.values().forEach(list::add);
    // the same contents, the same document
    String contents = JSON.writeValueAsString(list);
    document.put(
        "serialNumber",
        "urn:uuid:" + UUID.nameUUIDFromBytes(contents.getBytes(StandardCharsets.UTF_8)));
    document.put("version", 1);
    document.putObject("metadata").set("component", component("container", name, version));
    document.set("components", list);
    ArrayNode edges = document.putArray("dependencies");
    dependencies.values().forEach(edges::add);
    return JSON.writeValueAsString(document) + "\n";
  }
}
