package dev.slipway.api;

import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import java.util.List;

/**
 * An element or a credential as a path names it: {@code tenants}, or {@code tenant-look@acme} of
 * one that is given for each of several.
 */
record ElementPath(String id, String instance) {

  static ElementPath of(String path) {
    int at = path.indexOf('@');
    return at < 0
        ? new ElementPath(path, "")
        : new ElementPath(path.substring(0, at), path.substring(at + 1));
  }

  /**
   * Requires an instance that the onboarding has, where the checklist asks for several, and none
   * elsewhere.
   *
   * @throws Refusal 404 otherwise, which names those that there are
   */
  void requireInstance(Instances instances, Element element) {
    List<String> keys = instances.of(element);
    if (keys.contains(instance)) {
      return;
    }
    String message;
    if (element.per() == null) {
      message = "It is given once: name it without `@" + instance + "`.";
    } else if (keys.isEmpty()) {
      message = "It is given for each " + element.per() + ", and there is none yet.";
    } else {
      message =
          "It is given for each %s: name it as `%s@` and one of %s."
              .formatted(element.per(), id, String.join(", ", keys));
    }
    throw Refusal.notFound("element.instance-unknown", "element", message);
  }
}
