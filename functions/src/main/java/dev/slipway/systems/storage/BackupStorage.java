package dev.slipway.systems.storage;

import dev.slipway.systems.net.SystemTrouble;

/**
 * A place for backups. An object read back here proves that the storage can be written and read,
 * not that a container can be restored from it.
 */
public interface BackupStorage {

  /** Scheme and host. */
  String against();

  /**
   * Whether the place exists and the login may see it; changes nothing.
   *
   * @return what was answered
   * @throws SystemTrouble with the kind that the answer stands for
   */
  String look();

  /**
   * Writes a probe object under a name of its own, reads it back, compares, and deletes it. The
   * object of an attempt that was killed in between is replaced, and deleted, by the next one.
   *
   * @param asker names who asks, the same each time: letters, digits and hyphens
   * @throws SystemTrouble at the first step that fails; the probe object is then removed if
   *     possible
   */
  StorageReport probe(String asker);
}
