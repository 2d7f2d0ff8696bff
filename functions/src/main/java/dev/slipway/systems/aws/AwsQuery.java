package dev.slipway.systems.aws;

import java.util.Map;
import java.util.TreeMap;

/** A service that takes forms and answers XML: STS, and EC2 for one question. */
final class AwsQuery {

  private final AwsSession session;
  private final String service;
  private final String version;
  private final String region;

  AwsQuery(AwsSession session, String service, String version, String region) {
    this.session = session;
    this.service = service;
    this.version = version;
    this.region = region;
  }

  /** Asks; the action changes nothing. */
  AwsXml ask(String action, Map<String, String> fields) {
    Map<String, String> form = new TreeMap<>(fields);
    form.put("Action", action);
    form.put("Version", version);
    return AwsXml.of(
        session.send(
            session.call(service, action, region).changingNothing().form(form), service, region));
  }
}
