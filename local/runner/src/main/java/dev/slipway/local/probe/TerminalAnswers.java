package dev.slipway.local.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** The answers of the person at the terminal. Without a person the answer is no. */
final class TerminalAnswers implements Logins {
  private final PrintStream out;
  private final BufferedReader in;
  private final Map<String, JsonNode> typed = new HashMap<>();

  TerminalAnswers(PrintStream out, InputStream in) {
    this.out = out;
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Asks whether to go on. */
  boolean yes() throws InterruptedException {
    out.print("  Run it? [y/N] ");
    out.flush();
    String answer = interruptibly(this::line).strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private String line() {
    try {
      String line = in.readLine();
      if (line == null) {
        out.println();
      }
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }

  /** Asks for a login once; it is not shown as it is typed, and only at a terminal. */
  @Override
  public Optional<JsonNode> of(String system) throws InterruptedException {
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (!typed.containsKey(system) && console.isPresent()) {
      typed.put(system, interruptibly(() -> ask(system, console.get())));
    }
    return Optional.ofNullable(typed.get(system));
  }

  /** Nothing wakes a thread that reads what is typed: another one reads, and this one can go. */
  private static <T> T interruptibly(Supplier<T> reading) throws InterruptedException {
    CompletableFuture<T> read = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("terminal").start(() -> complete(read, reading));
    try {
      return read.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the terminal cannot be read", e.getCause());
    }
  }

  private static <T> void complete(CompletableFuture<T> read, Supplier<T> reading) {
    try {
      read.complete(reading.get());
    } catch (RuntimeException e) {
      read.completeExceptionally(e);
    }
  }

  private JsonNode ask(String system, Console console) {
    out.println("  It needs the login of `" + system + "`; it stays on this machine.");
    ObjectNode login = JsonNodeFactory.instance.objectNode();
    // An S3-compatible storage calls the two otherwise: both names get what was typed.
    for (List<String> field :
        List.of(List.of("user", "accessKey"), List.of("password", "secretKey"))) {
      char[] text =
          field.contains("user")
              ? Optional.ofNullable(
                      console.readLine("  User or access key (empty if there is none): "))
                  .orElse("")
                  .toCharArray()
              : Optional.ofNullable(console.readPassword("  Password or secret key: "))
                  .orElse(new char[0]);
      field.forEach(name -> login.put(name, new String(text)));
    }
    return login;
  }
}
