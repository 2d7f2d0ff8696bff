package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One customer as a file: the intake values, and the later acts of people.
 *
 * @param file where it was read
 * @param hash of its text
 * @param checklist the checklist's name
 * @param name what people call the onboarding
 * @param elements element id to value; a {@code {"$file": path}} within stands for a file handed
 *     over, a {@code {"$certificate": host}} for one of {@link SandboxCertificates}
 * @param credentials system to the credential's fields
 * @param sandbox how the stand-ins differ from a new sandbox at the beginning
 * @param people the people's steps, in their order
 * @param corrections reactions to failures and waits, in their order
 * @param afterGoLive what happens after the sign-off, in its order
 * @param lines where in the file each field is
 */
public record Profile(
    Path file,
    String hash,
    String checklist,
    String name,
    Map<String, JsonNode> elements,
    Map<String, JsonNode> credentials,
    List<ProfileAction> sandbox,
    List<PersonsStep> people,
    List<Correction> corrections,
    List<LaterEvent> afterGoLive,
    FieldLines lines) {
  public Profile {
    elements = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(elements));
    credentials = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(credentials));
    sandbox = List.copyOf(sandbox);
    people = List.copyOf(people);
    corrections = List.copyOf(corrections);
    afterGoLive = List.copyOf(afterGoLive);
  }
}
