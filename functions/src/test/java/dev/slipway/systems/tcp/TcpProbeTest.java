package dev.slipway.systems.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.systems.fake.FakeTcp;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.SystemTrouble;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpProbeTest {

  private final TcpProbe probe = new TcpProbe(new Loopback().impatient().build());

  @Test
  void anNfsServerAnswersTheNullCall() throws IOException {
    try (FakeTcp server = new FakeTcp(socket -> nfs(socket, 3))) {
      TcpProbe patient = new TcpProbe(Loopback.egress());
      patient.connect("uploader", "127.0.0.1", server.port());
      NfsReport report = patient.nfs("uploader", "127.0.0.1", server.port());
      assertTrue(report.answered());
      assertEquals(List.of(3), report.versions());
    }
  }

  @Test
  void aPortThatOnlyConnectsProvesNoMoreThanThat() throws IOException {
    try (FakeTcp silent = FakeTcp.silent();
        FakeTcp closing = new FakeTcp(socket -> socket.getOutputStream().flush());
        FakeTcp web =
            new FakeTcp(
                socket ->
                    socket
                        .getOutputStream()
                        .write("HTTP/1.1 400 Bad".getBytes(StandardCharsets.US_ASCII)))) {
      for (FakeTcp server : List.of(silent, closing, web)) {
        NfsReport report = probe.nfs("uploader", "127.0.0.1", server.port());
        assertFalse(report.answered());
        assertFalse(report.answer().isBlank());
      }
    }
  }

  @Test
  void aClosedPortIsATrouble() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    SystemTrouble trouble =
        assertThrows(SystemTrouble.class, () -> probe.nfs("uploader", "127.0.0.1", port));
    assertEquals("uploader.not-connected", trouble.code());
    assertThrows(SystemTrouble.class, () -> probe.connect("uploader", "127.0.0.1", port));
  }

  /** Knows one version of NFS. */
  private static void nfs(Socket socket, int version) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int length = in.readInt() & 0x7fffffff;
    int id = in.readInt();
    assertEquals(40, length);
    in.skipNBytes(8);
    assertEquals(100003, in.readInt());
    int asked = in.readInt();
    in.skipNBytes(20);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    boolean good = asked == version;
    for (int word :
        good
            ? new int[] {0x80000000 | 24, id, 1, 0, 0, 0, 0}
            : new int[] {0x80000000 | 32, id, 1, 0, 0, 0, 2, version, version}) {
      out.writeInt(word);
    }
    out.flush();
  }
}
