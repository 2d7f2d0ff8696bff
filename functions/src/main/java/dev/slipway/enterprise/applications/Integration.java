package dev.slipway.enterprise.applications;

import java.util.Arrays;
import java.util.Optional;

/**
 * How an application is integrated: the guide's four types, with what the hub calls them (`stack`
 * of an app, mno-enterprise 4.0, {@code app.rb}) and the rows that each type has.
 */
enum Integration {
  /** A connector inside Connec!. */
  CONNEC_CONNECTOR("connec-connector", "connector", "M25, M26"),
  /** A connector of its own, built on the connector framework. */
  CLOUD_CONNECTOR("cloud-connector", "cloud", "M27 to M30"),
  /** A cloud application that a third party makes. */
  THIRD_PARTY_CLOUD("third-party-cloud", "cloud", "M31, M32"),
  /** Runs on Nex!. */
  HOSTED("hosted", "cube", "M33");

  private final String word;
  private final String stack;
  private final String rows;

  Integration(String word, String stack, String rows) {
    this.word = word;
    this.stack = stack;
    this.rows = rows;
  }

  /** The type that the element {@code application-facts} names; empty for {@code unknown}. */
  static Optional<Integration> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }

  /** The word for it in the element. */
  String word() {
    return word;
  }

  /** What the hub calls it. */
  String stack() {
    return stack;
  }

  /** The guide's rows for it. */
  String rows() {
    return rows;
  }
}
