package dev.slipway.systems.prometheus;

/**
 * A login by HTTP Basic authentication.
 *
 * @param user the user name
 * @param password the password
 */
public record BasicLogin(String user, String password) {

  @Override
  public String toString() {
    return "BasicLogin[…]";
  }
}
