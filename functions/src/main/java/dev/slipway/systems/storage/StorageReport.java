package dev.slipway.systems.storage;

import java.util.List;
import java.util.OptionalLong;

/**
 * The result of a storage probe.
 *
 * @param object the name of the probe object, which is gone again
 * @param steps what was done, with the answers
 * @param freeBytes how much room is left, if the storage says so (WebDAV with quotas)
 */
public record StorageReport(String object, List<String> steps, OptionalLong freeBytes) {

  public StorageReport {
    steps = List.copyOf(steps);
  }
}
