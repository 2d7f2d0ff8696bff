package dev.slipway.systems.mailtool;

import java.util.Optional;

/** The logins by which a domain's mails are handed in at a delivery service. */
public interface SendingLogins {

  /** The login of this user, if there is one. */
  Optional<String> find(String user);

  /**
   * Makes a login.
   *
   * @param user an address of the domain
   */
  void create(String user, String password);

  /** Deletes a login. */
  void delete(String user);
}
