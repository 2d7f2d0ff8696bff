package dev.slipway.local.http;

import dev.slipway.local.template.RouteResource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a request: the most specific one, as HTTP APIs choose. */
final class RouteTable {
  private final List<Candidate> candidates;

  RouteTable(List<RouteResource> routes) {
    candidates = routes.stream().map(Candidate::new).sorted(Candidate.BY_PRECEDENCE).toList();
  }

  /**
   * A route with the values of its path parameters, decoded.
   *
   * @param parameters in the order of the path
   */
  record Match(RouteResource route, Map<String, String> parameters) {}

  Optional<Match> find(String method, String rawPath) {
    var segments = List.of(rawPath.split("/", -1));
    for (var candidate : candidates) {
      var wanted = candidate.route.method();
      if (wanted.equals("ANY") || wanted.equals(method)) {
        var parameters = candidate.match(segments);
        if (parameters.isPresent()) {
          return Optional.of(new Match(candidate.route, parameters.get()));
        }
      }
    }
    return Optional.empty();
  }

  private record Candidate(RouteResource route, List<String> segments) {
    /** Fixed segments before parameters before greedy ones before the default; ANY comes last. */
    static final Comparator<Candidate> BY_PRECEDENCE =
        Comparator.comparing(Candidate::precedence).thenComparing(one -> one.anyMethod());

    Candidate(RouteResource route) {
      this(route, List.of(route.path().split("/", -1)));
    }

    boolean anyMethod() {
      return route.method().equals("ANY");
    }

    String precedence() {
      if (route.path().equals("$default")) {
        return "9";
      }
      var key = new StringBuilder();
      for (var segment : segments) {
        key.append(greedy(segment) ? '3' : parameter(segment) ? '2' : '1');
      }
      return key.toString();
    }

    Optional<Map<String, String>> match(List<String> path) {
      var parameters = new LinkedHashMap<String, String>();
      if (route.path().equals("$default")) {
        return Optional.of(parameters);
      }
      for (int i = 0; i < segments.size(); i++) {
        var segment = segments.get(i);
        if (greedy(segment)) {
          var rest = String.join("/", path.subList(Math.min(i, path.size()), path.size()));
          if (rest.isEmpty()) {
            return Optional.empty();
          }
          parameters.put(segment.substring(1, segment.length() - 2), decoded(rest));
          return Optional.of(parameters);
        }
        if (i >= path.size()) {
          return Optional.empty();
        }
        if (parameter(segment)) {
          if (path.get(i).isEmpty()) {
            return Optional.empty();
          }
          parameters.put(segment.substring(1, segment.length() - 1), decoded(path.get(i)));
        } else if (!segment.equals(decoded(path.get(i)))) {
          return Optional.empty();
        }
      }
      return path.size() == segments.size() ? Optional.of(parameters) : Optional.empty();
    }

    private static boolean greedy(String segment) {
      return segment.startsWith("{") && segment.endsWith("+}");
    }

    private static boolean parameter(String segment) {
      return segment.startsWith("{") && segment.endsWith("}");
    }

    /** In a path, unlike in a query, a plus is a plus. */
    private static String decoded(String raw) {
      try {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return raw;
      }
    }
  }
}
