package dev.slipway.local.dynamodb;

import dev.slipway.local.aws.AwsAnswer;
import dev.slipway.local.listen.OwnAddressOnly;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The port of loopback at which DynamoDB answers by itself. Amazon's own server would answer any
 * web page that makes a name of its own point at this machine.
 */
final class DynamoDbFront implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  DynamoDbFront(DynamoDbPort inside) {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    connector.setHost(loopback.getHostAddress());
    server.addConnector(connector);
    server.setHandler(new OwnAddressOnly(loopback, new Handing(inside)));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB's port cannot be opened", e);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB's port cannot be closed", e);
    }
  }

  /** Hands requests in as they are. */
  private static final class Handing extends Handler.Abstract {
    private final DynamoDbPort inside;

    Handing(DynamoDbPort inside) {
      this.inside = inside;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String target = request.getHeaders().get("X-Amz-Target");
      if (!HttpMethod.POST.is(request.getMethod()) || target == null) {
        Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
        return true;
      }
      ByteBuffer body = Content.Source.asByteBuffer(request);
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      AwsAnswer answer =
          inside.send(
              target,
              Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)),
              bytes);
      response.setStatus(answer.status());
      answer.headers().forEach(response.getHeaders()::put);
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
      return true;
    }
  }
}
