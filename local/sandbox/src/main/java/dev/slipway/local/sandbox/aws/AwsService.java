package dev.slipway.local.sandbox.aws;

import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Operation;

/** One of AWS's services, as {@link Aws} hands it what is asked of its hosts. */
interface AwsService {

  /** The first label of its hosts, which the signature names too, such as {@code sts}. */
  String name();

  /** The operation that a request asks for, such as {@code CreateAccount}; changes nothing. */
  Operation operation(HttpCall call);

  /**
   * Does the work.
   *
   * @throws dev.slipway.local.sandbox.world.Refusal to answer an error
   */
  HttpAnswer answer(HttpCall call, AwsCaller caller);

  /** An error in the service's own form. */
  HttpAnswer error(int status, String code, String message);
}
