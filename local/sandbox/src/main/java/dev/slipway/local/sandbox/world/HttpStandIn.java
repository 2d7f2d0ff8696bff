package dev.slipway.local.sandbox.world;

/** A third party that speaks HTTP. The shared listener does TLS, faults and the recording. */
public non-sealed interface HttpStandIn extends StandIn {

  /** The operation that a request asks for; must not change anything. */
  Operation operation(HttpCall call);

  /** Does the work and answers. */
  HttpAnswer answer(HttpCall call);

  /** The vendor's way to report an error inside an HTTP 200. */
  default HttpAnswer okWithError(Fault fault) {
    return HttpAnswer.json(200, Json.object().put("status", "error").put("error", fault.message()));
  }
}
