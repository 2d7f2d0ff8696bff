package dev.slipway.local.cli;

import dev.slipway.json.Json;
import dev.slipway.local.iam.Grant;
import dev.slipway.local.iam.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the roles of the template were granted and refused while Slipway ran.
 *
 * @param grants every grant, and whether it was needed
 * @param refusals in AWS's words
 */
record RoleUse(List<Grant> grants, List<String> refusals) {
  static RoleUse of(Permissions permissions) {
    return new RoleUse(permissions.grants(), permissions.refusals());
  }

  static RoleUse read(Path file) throws IOException {
    return Json.MAPPER.readValue(file.toFile(), RoleUse.class);
  }

  void write(Path file) throws IOException {
    Files.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
  }
}
