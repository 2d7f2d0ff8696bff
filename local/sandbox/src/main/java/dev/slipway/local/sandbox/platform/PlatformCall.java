package dev.slipway.local.sandbox.platform;

import java.util.Map;
import java.util.Optional;

/**
 * One call of a platform method.
 *
 * @param caller who calls
 * @param parameters the parameters by name as sent
 * @param file the file of an upload
 */
record PlatformCall(Caller caller, Map<String, String> parameters, Optional<Multipart.File> file) {

  /** A parameter that may be left out; names are not case-sensitive here. */
  Optional<String> optional(String name) {
    return parameters.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** A parameter that must be there. */
  String required(String name) {
    return optional(name)
        .orElseThrow(
            () ->
                new PlatformException(
                    PlatformException.INVALID_PARAMETER, "parameter [" + name + "] is required"));
  }
}
