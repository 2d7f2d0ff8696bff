package dev.slipway.systems.tcp;

import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.TroubleClassifier;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries ports. A reachable port proves reachability and nothing more.
 *
 * <pre>{@code
 * new TcpProbe(egress).connect("uploader", "files.example.com", 2049);
 * }</pre>
 */
public final class TcpProbe {

  /** The usual port of NFS. */
  public static final int NFS_PORT = 2049;

  private static final int NFS_PROGRAM = 100003;
  private static final int LAST_FRAGMENT = 0x80000000;
  private static final int CALL_BYTES = 40;
  private static final int LONGEST_REPLY = 1024;
  private static final List<Integer> VERSIONS = List.of(4, 3);

  private final Egress egress;

  /** Reaches hosts through this way out. */
  public TcpProbe(Egress egress) {
    this.egress = egress;
  }

  /**
   * Connects and closes again.
   *
   * @throws dev.slipway.systems.net.SystemTrouble when there is no connection
   */
  public void connect(String system, String host, int port) {
    try {
      egress.open(system, "TCP connection", host, port).close();
    } catch (IOException e) {
      throw TroubleClassifier.of(e, system, "TCP connection", host + ":" + port, Redactor.none());
    }
  }

  /**
   * Connects and makes the NULL call of NFS versions 4 and 3, which does nothing at the server.
   *
   * @throws dev.slipway.systems.net.SystemTrouble when there is no connection; a server that does
   *     not answer is in the report
   */
  public NfsReport nfs(String system, String host, int port) {
    List<Integer> versions = new ArrayList<>();
    String last = "";
    for (int version : VERSIONS) {
      try (Socket socket = egress.open(system, "NFS NULL call", host, port)) {
        Reply reply = nullCall(socket, version);
        last = reply.words();
        if (reply == Reply.SUCCESS) {
          versions.add(version);
        }
      } catch (SocketTimeoutException e) {
        // Silence once is silence for the other version too; do not wait a second time.
        last = "connected, but no answer to the NULL call in time";
        break;
      } catch (IOException e) {
        last = "connected, but no answer to the NULL call (" + e.getMessage() + ")";
      }
    }
    return versions.isEmpty()
        ? new NfsReport(false, List.of(), last)
        : new NfsReport(true, versions, "NFS version " + versions + " answered the NULL call");
  }

  /** RFC 5531, sections 9 and 11. */
  private static Reply nullCall(Socket socket, int version) throws IOException {
    int id = 0x51_1b_00_00 | version;
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    int[] words = {LAST_FRAGMENT | CALL_BYTES, id, 0, 2, NFS_PROGRAM, version, 0, 0, 0, 0, 0};
    for (int word : words) {
      out.writeInt(word);
    }
    out.flush();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int length = in.readInt() & ~LAST_FRAGMENT;
    if (length < 12 || length > LONGEST_REPLY || in.readInt() != id || in.readInt() != 1) {
      return Reply.NOT_RPC;
    }
    if (in.readInt() != 0) {
      return Reply.DENIED;
    }
    in.readInt();
    in.skipNBytes(Math.clamp(in.readInt(), 0, LONGEST_REPLY));
    return switch (in.readInt()) {
      case 0 -> Reply.SUCCESS;
      case 1 -> Reply.NO_NFS;
      case 2 -> Reply.OTHER_VERSION;
      default -> Reply.DENIED;
    };
  }

  private enum Reply {
    SUCCESS("answered"),
    NO_NFS("an RPC server without NFS"),
    OTHER_VERSION("an NFS server of another version"),
    DENIED("an RPC server that refused the call"),
    NOT_RPC("a service that does not speak RPC");

    private final String words;

    Reply(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
