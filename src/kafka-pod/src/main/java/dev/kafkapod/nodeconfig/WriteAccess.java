package dev.kafkapod.nodeconfig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says why this process can't write where it has to, in terms of a pod: who it is, whose the
 * directory is, and what to set. Changes nothing.
 */
public final class WriteAccess {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String REACHED = "reached";
  private static final int PERMISSIONS = 07777;

  /** A group for examples, where this process has none of its own. */
  private static final String A_GROUP = "1000";

  private WriteAccess() {}

  /**
   * Why it fails.
   *
   * @param why what follows the directory's name
   * @param remedy what to do
   */
  public record Denial(String why, String remedy) {}

  /**
   * Who a process is, as Linux tells.
   *
   * @param groups the supplementary groups, separated by blanks
   */
  record Identity(String uid, String gid, String groups) {

    /** This process; question marks where nobody can tell. */
    static Identity ours() {
      String uid = "?";
      String gid = "?";
      String groups = "";
      try {
        for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
          String[] words = line.split("\\s+", -1);
          switch (words[0]) {
            // real, effective, saved, and that for files
            case "Uid:" -> uid = words[4];
            case "Gid:" -> gid = words[4];
            case "Groups:" -> groups = line.substring(words[0].length()).strip();
            default -> {}
          }
        }
      } catch (IOException e) {
        // said without
      }
      return new Identity(uid, gid, groups);
    }

    @Override
    public String toString() {
      return "uid %s (gid %s%s)"
          .formatted(uid, gid, groups.isEmpty() ? "" : ", groups " + groups.replace(' ', ','));
    }

    String fsGroup() {
      return gid.equals("0") || gid.equals("?") ? A_GROUP : gid;
    }
  }

  /**
   * Why nothing can be made in a directory, or why it can't be made itself where it is missing;
   * empty if it can.
   */
  public static Optional<Denial> denial(Path directory) {
    Path place = directory.toAbsolutePath();
    Path known = place.getRoot();
    for (Path name : place) {
      Optional<Denial> obstacle = inTheWay(known, place);
      if (obstacle.isPresent()) {
        return obstacle;
      }
      Path next = known.resolve(name);
      if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
        break; // whoever needs it makes it
      }
      known = next;
    }
    Optional<Denial> obstacle = inTheWay(known, place);
    if (obstacle.isPresent() || Files.isWritable(known)) {
      return obstacle;
    }
    return Optional.of(
        isReadOnly(known) ? readOnly(known, place) : denied("written", known, place));
  }

  /** Why a file or directory can't be read that was denied. */
  static Denial denialOfReading(Path file) {
    Path place = file.toAbsolutePath();
    List<Path> parents = new ArrayList<>();
    for (Path it = place.getParent(); it != null; it = it.getParent()) {
      parents.add(0, it);
    }
    for (Path parent : parents) {
      if (Files.isDirectory(parent) && !Files.isExecutable(parent)) {
        return denied(REACHED, parent, place);
      }
    }
    return denied("read", place, place);
  }

  private static Optional<Denial> inTheWay(Path known, Path place) {
    if (!Files.isDirectory(known)) {
      String what = Files.exists(known) ? "no directory" : "a link that leads nowhere";
      return Optional.of(
          new Denial(
              "can't be written: %s is %s".formatted(itself(known, place), what),
              "move it away, or name another directory"));
    }
    return Files.isExecutable(known)
        ? Optional.empty()
        : Optional.of(denied(REACHED, known, place));
  }

  private static Denial readOnly(Path known, Path place) {
    return new Denial(
        "can't be written: %s lies on a read-only file system".formatted(itself(known, place)),
        "mount a volume there that is writable, for example an emptyDir, or take readOnly out of its volumeMount");
  }

  private static Denial denied(String done, Path culprit, Path place) {
    Identity ours = Identity.ours();
    String byHand = "chown -R %s:%s %s".formatted(ours.uid(), ours.gid(), place);
    if (done.equals(REACHED)) {
      byHand = "chmod a+x " + culprit;
    } else if (!culprit.equals(place)) {
      byHand = "mkdir -p %s && %s".formatted(place, byHand);
    }
    return new Denial(
        "can't be %s by %s: %s %s".formatted(done, ours, itself(culprit, place), owner(culprit)),
        "set fsGroup: %s in the pod's securityContext, or, where the volume takes no fsGroup (hostPath, NFS), let root run %s"
            .formatted(ours.fsGroup(), byHand));
  }

  private static String itself(Path known, Path place) {
    return known.equals(place) ? "it" : known.toString();
  }

  private static String owner(Path path) {
    try {
      Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,gid,mode");
      return "belongs to uid %s, gid %s with mode %o"
          .formatted(
              attributes.get("uid"),
              attributes.get("gid"),
              (Integer) attributes.get("mode") & PERMISSIONS);
    } catch (IOException | UnsupportedOperationException e) {
      return "belongs to another user";
    }
  }

  private static boolean isReadOnly(Path path) {
    try {
      return Files.getFileStore(path).isReadOnly();
    } catch (IOException e) {
      return false;
    }
  }
}
