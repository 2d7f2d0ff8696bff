package dev.slipway.hostingprovider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.task.Work;

/** The Docker image that test containers are made of. */
public final class TestImage {
  private static final String USUAL = "nginx:alpine";

  private TestImage() {}

  /** The one named at intake, or a small one that everybody may pull. */
  public static String of(Work work) {
    return work.optionalElement("docker-account")
        .map(account -> account.path("testImage"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .orElse(USUAL);
  }
}
