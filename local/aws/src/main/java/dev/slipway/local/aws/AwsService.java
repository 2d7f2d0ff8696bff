package dev.slipway.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A service with one of AWS's JSON protocols, or with the Query protocol. */
public interface AwsService {

  /**
   * The part before the dot in {@code X-Amz-Target}, for example {@code AWSStepFunctions}; of a
   * service with the Query protocol, the {@code Version} of its API.
   */
  String target();

  /** {@code 1.0} or {@code 1.1}. */
  String jsonVersion();

  /** The permissions that a request needs, checked before it is performed. */
  List<Access> needs(String action, JsonNode request);

  /**
   * Performs an action. May block.
   *
   * @param request of the Query protocol, its parameters by their flat names
   * @throws AwsException what the caller is told
   */
  JsonNode perform(String action, JsonNode request, Caller caller);
}
