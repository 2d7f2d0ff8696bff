package dev.slipway.enterprise.infrastructure;

import dev.slipway.task.Finding;

/** The account of one environment at a cloud's provider, and what M06 does about it. */
sealed interface CloudAccount permits AwsAccount, AzureAccount {

  /** The access leads there, the account is there, and can be entered. */
  void provide();

  /** The users are there, with their rights. */
  void provideUsers();

  /** The account may have as much as the platform needs. */
  void compareQuotas();

  /** Proves that access and account are as they must be; changes nothing. */
  void look();

  /** Proves that the users have their rights; changes nothing. */
  void lookAtUsers();

  /**
   * The task removes its own users, rights and empty groups; the evidence says what is left over.
   */
  Finding putBack();
}
