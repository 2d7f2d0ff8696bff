package dev.slipway.local.aws;

import dev.slipway.local.listen.OwnAddressOnly;
import dev.slipway.local.schedule.OngoingWork;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * One HTTP server for all local services of AWS. A request's {@code X-Amz-Target} says which is
 * meant, the access key in its signature says who calls.
 */
public final class AwsEndpoint implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;
  private final SdkHttpClient inProcess;

  /**
   * @param bind a loopback address accepts any key and looks at no signature; any other address
   *     accepts only the keys of this runtime, correctly signed
   * @param work counts the requests that are being answered
   */
  public AwsEndpoint(InetSocketAddress bind, AccessKeys keys, Offer offer, OngoingWork work) {
    this(
        bind,
        keys,
        offer,
        work,
        bind.getAddress().isLoopbackAddress() ? AwsDispatcher.Check.NONE : signatures());
  }

  /**
   * The services on offer, and their authorizer.
   *
   * @param elsewhere services that answer elsewhere
   */
  public record Offer(
      List<AwsService> services, List<PassThrough> elsewhere, Authorizer authorizer) {
    public Offer {
      services = List.copyOf(services);
      elsewhere = List.copyOf(elsewhere);
    }

    /** Everything for everybody. */
    public static Offer toEverybody(AwsService... services) {
      return new Offer(List.of(services), List.of(), Authorizer.none());
    }
  }

  /** Callers sign with the time of their own machines, whatever time the runtime simulates. */
  static AwsDispatcher.Check signatures() {
    return new AwsDispatcher.Check(true, InstantSource.system());
  }

  AwsEndpoint(
      InetSocketAddress bind,
      AccessKeys keys,
      Offer offer,
      OngoingWork work,
      AwsDispatcher.Check check) {
    var pool = new QueuedThreadPool(16);
    pool.setName("aws-endpoint");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    server = new Server(pool);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(bind.getAddress().getHostAddress());
    connector.setPort(bind.getPort());
    server.addConnector(connector);
    var dispatcher = new AwsDispatcher(keys, offer, work, check);
    server.setHandler(new OwnAddressOnly(bind.getAddress(), new AwsRequestHandler(dispatcher)));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot listen on " + bind, e);
    }
    inProcess = new InProcessHttpClient(uri(), dispatcher);
  }

  /** The address at which AWS SDKs and the AWS CLI find the services. */
  public URI uri() {
    var host = connector.getHost();
    return URI.create(
        "http://%s:%d"
            .formatted(host.contains(":") ? "[" + host + "]" : host, connector.getLocalPort()));
  }

  /**
   * How SDK clients in this process reach the services: past the network, but for that as over it.
   * Requests to other places go there.
   */
  public SdkHttpClient inProcess() {
    return inProcess;
  }

  @Override
  public void close() {
    inProcess.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the AWS endpoint does not stop", e);
    }
  }
}
