package dev.slipway.local.runtime.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Looks in from time to time. */
public final class Sweep implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    lambda.getLogger().log("{\"swept\": true}");
    output.write("null".getBytes(StandardCharsets.UTF_8));
  }
}
