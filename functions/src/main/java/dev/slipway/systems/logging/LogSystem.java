package dev.slipway.systems.logging;

import dev.slipway.systems.net.SystemTrouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A system that keeps logs, as the rows M39 to M42 ask it: Sumo Logic, Splunk Cloud, Splunk
 * Enterprise.
 *
 * <pre>{@code
 * LogSystem logs = SumoLogic.following(http, clock, "eu", accessId, accessKey);
 * String id = JsonApi.ensure(() -> logs.user(anna).map(LogSystem.User::id), () -> logs.invite(anna));
 * }</pre>
 */
public interface LogSystem {

  /** What a user may do. */
  enum Role {
    /** Administers the account. */
    ADMIN,
    /** Reads and searches. */
    USER
  }

  /** A person who shall have a login. */
  record Person(String name, String email, Role role) {}

  /**
   * A login.
   *
   * @param isActive whether it is neither locked nor switched off
   * @param hasRole whether it has the role of the person who was asked for
   * @param lastSignIn where the system tells it, and there was one
   */
  record User(String id, boolean isActive, boolean hasRole, Optional<Instant> lastSignIn) {}

  /**
   * A machine.
   *
   * @param isAlive whether its collector is, and a line of the last hour came from it
   * @param kinds the kinds of log of which a line came
   * @param silent the kinds that its collector reads and of which none came, where that is known
   */
  record Machine(String name, boolean isAlive, Set<String> kinds, Set<String> silent) {}

  /**
   * An alert: so many lines, that a query finds within so many minutes.
   *
   * @param query in the system's language
   * @param threshold from this number of lines on
   * @param recipients who gets a mail
   */
  record Alert(String name, String query, long threshold, int minutes, List<String> recipients) {
    public Alert {
      recipients = List.copyOf(recipients);
    }
  }

  /** The system's name in problems, as in the credential's name. */
  String system();

  /** Scheme, host and port, which a report may name. */
  String against();

  /** The account's plan or the server's user, in words that evidence may show. */
  String account();

  /** Whether it tells when a user signed in last. */
  boolean tellsSignIns();

  /** The login of a person, found by the address. */
  Optional<User> user(Person person);

  /** Makes a login; answers its id. */
  String invite(Person person);

  /** Removes a login. */
  void removeUser(String id);

  /** What people call the environment's endpoint in the system's own console. */
  String endpointName(String environment);

  /** The id of the environment's endpoint, if it is there. */
  Optional<String> endpoint(String environment);

  /** Has the endpoint made, which may take a while until it is there; answers its id. */
  String makeEndpoint(String environment);

  /** Removes the endpoint. */
  void removeEndpoint(String environment);

  /**
   * Sends a line to the environment's endpoint. The endpoint's address, or its token, is a secret:
   * it is read for this call and goes nowhere else.
   */
  void send(String environment, String line);

  /** Whether a line of the last hour that came by the environment's endpoint has this word. */
  boolean hasLine(String environment, String word);

  /** What lets collectors of the environment in, in words; empty if it is not there. */
  Optional<String> collectorKey(String environment);

  /** These machines, as far as the system knows them by their lines of the last hour. */
  List<Machine> machines(List<String> names);

  /** A query, of what came from these machines or by the environment's endpoint. */
  String within(String environment, List<String> machines, String query);

  /** An alert as the system would keep it, which may know certain times only. */
  default Alert kept(Alert alert) {
    return alert;
  }

  /** The alert of a name. */
  Optional<Alert> alert(String name);

  /**
   * Makes an alert, or changes the one of its name.
   *
   * @throws SystemTrouble of kind {@code REJECTED} if the query is not understood
   */
  void putAlert(Alert alert);

  /** Removes the alert of a name, if it is there. */
  void removeAlert(String name);

  /** Whether the alert of a name is raised, or was. */
  boolean hasFired(String name);
}
