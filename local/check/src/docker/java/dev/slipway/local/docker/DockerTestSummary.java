package dev.slipway.local.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end how many of these tests ran and how many were skipped, each with its reason, on
 * standard output and in {@code target/docker/summary.txt}.
 */
public final class DockerTestSummary implements TestExecutionListener {
  private final AtomicInteger run = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();
  private final Queue<String> reasons = new ConcurrentLinkedQueue<>();
  private TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (isOurs(test)) {
      // Whoever is to make its tests itself is one as long as it has made none.
      long tests =
          plan.getDescendants(test).stream()
              .filter(each -> each.getSource().filter(MethodSource.class::isInstance).isPresent())
              .count();
      skipped.addAndGet((int) Math.max(1, tests));
      reasons.add("SKIPPED: " + name(test) + ": " + reason);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    boolean good = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    if (test.isTest() && (isOurs(test) || test.getSource().isEmpty())) {
      run.incrementAndGet();
    }
    if (!good) {
      failed.incrementAndGet();
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    if (run.get() + skipped.get() == 0) {
      return;
    }
    String counts =
        "Docker tests: %d run, %d failed, %d skipped."
            .formatted(run.get(), failed.get(), skipped.get());
    List<String> lines = new java.util.ArrayList<>(reasons);
    lines.add(counts);
    lines.forEach(System.out::println);
    try {
      Files.write(Checkout.scratch().resolve("summary.txt"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(TestIdentifier test) {
    return test.getSource()
        .map(
            source ->
                switch (source) {
                  case MethodSource method -> isOurs(method.getClassName());
                  case ClassSource type -> isOurs(type.getClassName());
                  default -> false;
                })
        .orElse(false);
  }

  private static boolean isOurs(String type) {
    return type.startsWith(DockerTestSummary.class.getPackageName());
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .map(
            source ->
                switch (source) {
                  case MethodSource method ->
                      method.getClassName().replaceFirst(".*\\.", "")
                          + "."
                          + method.getMethodName();
                  case ClassSource type -> type.getClassName().replaceFirst(".*\\.", "");
                  default -> test.getDisplayName();
                })
        .orElse(test.getDisplayName());
  }
}
