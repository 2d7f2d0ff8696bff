package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Stream;

/** What people ask for of a task, each by a route of its own, and in which roles. */
enum TaskAction {
  COMPLETE,
  RETRY,
  DELEGATE,
  SKIP,
  WAIVE,
  APPROVE,
  REFUSE,
  PUT_BACK;

  /** The roles of which the caller must have one. */
  Role[] roles() {
    return switch (this) {
      case COMPLETE, RETRY, DELEGATE, WAIVE ->
          new Role[] {Role.MANAGER, Role.ENGINEER, Role.CUSTOMER};
      case SKIP -> new Role[] {Role.MANAGER, Role.CUSTOMER};
      case APPROVE, REFUSE -> new Role[] {Role.MANAGER};
      case PUT_BACK -> new Role[] {Role.MANAGER, Role.ENGINEER};
    };
  }

  boolean isFor(Caller caller) {
    return Stream.of(roles()).anyMatch(caller::is);
  }

  /** As the API's answers name it: {@code put-back}. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
