package dev.slipway.systems.maestrano;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rest.ResourceApi.Resource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds out, method by method, which operations a hub refuses to a tenant's key, without changing
 * anything: what reads is read; what writes is asked of the record {@code 0}, which no hub has, or
 * names no attribute to change. The new user and the new app instance are not tried.
 */
final class HubPermissions {
  private final MnoHub hub;
  private final List<Operation> operations;

  private record Operation(String words, boolean isWrite, Consumer<MnoHub> trial) {}

  /**
   * An operation that is refused, or that the hub does not have.
   *
   * @param operation in words, such as {@code changes of users}
   */
  record Refused(String operation, boolean isWrite) {}

  /**
   * @param tenant as the hub answers it
   */
  HubPermissions(MnoHub hub, Resource tenant) {
    this.hub = hub;
    Resource nothing = new Resource("users", "0", JsonNodeFactory.instance.objectNode());
    this.operations =
        List.of(
            read("the users", "users"),
            read("the organizations", "organizations"),
            read("the apps", "apps"),
            read("the app instances", "app_instances"),
            write(
                "changes of the tenant",
                at -> at.changeTenant(tenant, JsonNodeFactory.instance.objectNode())),
            write("changes of users", at -> at.changeRole(nothing, "")),
            write("the removal of users", at -> at.deleteUser(nothing)),
            write("enabling apps", at -> at.enable(nothing, true)),
            write("freezing organizations", at -> at.freeze(nothing, true)),
            write("ending app instances", at -> at.terminate(nothing)));
  }

  private static Operation read(String words, String collection) {
    return new Operation(words, false, at -> at.read(collection));
  }

  private static Operation write(String words, Consumer<MnoHub> trial) {
    return new Operation(words, true, trial);
  }

  /**
   * The refused operations.
   *
   * @throws SystemTrouble when the hub cannot be asked
   */
  List<Refused> refused() {
    return operations.stream()
        .filter(this::isRefused)
        .map(each -> new Refused(each.words(), each.isWrite()))
        .toList();
  }

  private boolean isRefused(Operation operation) {
    try {
      operation.trial().accept(hub);
      return false;
    } catch (SystemTrouble trouble) {
      return switch (trouble.kind()) {
        case NOT_PERMITTED, AUTHENTICATION_FAILED, NOT_UNDERSTOOD -> true;
        // A hub that has the operation says in its own form that there is no record 0.
        case NOT_FOUND -> !trouble.answered().contains("\"errors\"");
        case REJECTED -> false;
        default -> throw trouble;
      };
    }
  }
}
