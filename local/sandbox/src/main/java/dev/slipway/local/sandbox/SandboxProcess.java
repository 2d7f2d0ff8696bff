package dev.slipway.local.sandbox;

import dev.slipway.local.sandbox.world.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A sandbox in a process of its own: its counts survive when a process beside it is killed. It runs
 * on this JVM's Java and class path, and ends with this JVM at the latest.
 */
public final class SandboxProcess implements AutoCloseable {

  private final Process process;
  private final SandboxEndpoints endpoints;

  private SandboxProcess(Process process, SandboxEndpoints endpoints) {
    this.process = process;
    this.endpoints = endpoints;
  }

  /**
   * Starts it and waits until it is up.
   *
   * @param data the folder that it remembers everything in
   * @throws IOException when it does not come up; its own words are on standard error
   */
  public static SandboxProcess start(Path data) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Sandbox.class.getName(),
            "--data",
            data.toString(),
            "--with-parent");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("The sandbox's process ended before it was up");
    }
    return new SandboxProcess(process, SandboxEndpoints.fromJson(Json.parse(line)));
  }

  /** The addresses of its endpoints. */
  public SandboxEndpoints endpoints() {
    return endpoints;
  }

  /** A client of its control endpoint. */
  public SandboxControl control() {
    return new SandboxControl(endpoints.control());
  }

  /** Kills it, as a power failure would, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
