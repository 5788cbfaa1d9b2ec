package dev.kafkapod.common;

import java.util.Objects;

/**
 * A process that can't be taken for another one, neither after its end nor after a reboot.
 *
 * @param boot the boot's id
 * @param pid the process id
 * @param startTicks when it began, in clock ticks since boot
 */
public record ProcessIdentity(String boot, long pid, long startTicks) {
  public ProcessIdentity {
    Objects.requireNonNull(boot);
  }
}
