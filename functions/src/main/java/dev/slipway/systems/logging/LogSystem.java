package dev.slipway.systems.logging;

import java.time.Instant;
import java.util.Optional;

/**
 * A system that keeps logs, as the rows M39 to M42 ask it: Sumo Logic, Splunk Cloud, Splunk
 * Enterprise.
 *
 * <pre>{@code
 * LogSystem logs = SumoLogic.following(http, "eu", accessId, accessKey);
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
}
