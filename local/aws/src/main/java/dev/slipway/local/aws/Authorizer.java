package dev.slipway.local.aws;

/** Decides what a caller may do. */
@FunctionalInterface
public interface Authorizer {

  /**
   * Returns if that caller may do that.
   *
   * @throws AwsException {@code AccessDeniedException}, with AWS's wording
   */
  void require(Caller caller, Access access);

  /** Whether that caller's requests are looked into at all; an operator's need not be. */
  default boolean concerns(Caller caller) {
    return true;
  }

  /** Lets everybody do everything. */
  static Authorizer none() {
    return new Authorizer() {
      @Override
      public void require(Caller caller, Access access) {
        // Allows every request.
      }

      @Override
      public boolean concerns(Caller caller) {
        return false;
      }
    };
  }
}
