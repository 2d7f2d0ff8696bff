package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What people ask for of a section, each by a route of its own. */
enum SectionAction {
  START,
  STOP;

  /** As the API's answers name it. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
