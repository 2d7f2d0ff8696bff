package dev.slipway.systems.tcp;

import java.util.List;

/**
 * The findings at an NFS server's port. Neither proves that an export can be mounted or written.
 *
 * @param answered whether it answered the NULL call of ONC RPC as NFS; if not, the port is only
 *     known to be reachable
 * @param versions the NFS versions that answered
 * @param answer the findings in words, for the record
 */
public record NfsReport(boolean answered, List<Integer> versions, String answer) {

  public NfsReport {
    versions = List.copyOf(versions);
  }
}
