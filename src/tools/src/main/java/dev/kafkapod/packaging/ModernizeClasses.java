package dev.kafkapod.packaging;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Gives libraries that were compiled for Java 5 the class file format of Java 8. The JVM keeps no
 * class of an older format than Java 6 in an archive and checks it with its slow, first-generation
 * verifier: for picocli that costs a fifth of a probe's CPU time
 * (docs/decisions/0002-modernized-class-files.md). The code itself stays the same.
 */
public final class ModernizeClasses {

  private static final int OLDEST_IN_ARCHIVES = Opcodes.V1_6;

  private ModernizeClasses() {}

  /**
   * Rewrites the jars that need it, in place.
   *
   * @param args the directory of the distribution's jars
   */
  public static void main(String[] args) throws IOException {
    File[] jars = Path.of(args[0]).toFile().listFiles((directory, name) -> name.endsWith(".jar"));
    if (jars == null || jars.length == 0) {
      throw new IOException("there are no jars in " + args[0]);
    }
    try (URLClassLoader libraries = new URLClassLoader(urls(jars))) {
      for (File jar : jars) {
        modernize(jar.toPath(), libraries);
      }
    }
  }

  private static URL[] urls(File[] jars) throws MalformedURLException {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = jars[i].toURI().toURL();
    }
    return urls;
  }

  private static void modernize(Path jar, ClassLoader libraries) throws IOException {
    boolean changed = false;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipFile in = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] content = in.getInputStream(entry).readAllBytes();
        boolean old = entry.getName().endsWith(".class") && version(content) < OLDEST_IN_ARCHIVES;
        changed |= old;
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(old ? modernized(content, libraries) : content);
      }
    }
    if (changed) {
      Files.write(jar, bytes.toByteArray());
    }
  }

  private static int version(byte[] classFile) {
    return (classFile[6] & 0xff) << 8
        | (classFile[7] & 0xff); // JVMS 4.1: magic, minor version, major version
  }

  private static byte[] modernized(byte[] classFile, ClassLoader libraries) {
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return libraries;
          }
        };
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String name,
                  String signature,
                  String superName,
                  String[] interfaces) {
                super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
              }
            },
            ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
