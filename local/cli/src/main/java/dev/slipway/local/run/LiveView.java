package dev.slipway.local.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The view for a terminal: past events scroll away above; below stay a progress bar per section and
 * the open work.
 */
public final class LiveView implements RunView {
  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final String UP = "\u001b[1A";
  private static final int WAITS_SHOWN = 4;

  private final PrintStream out;
  private final TerminalText text;
  private final int columns;
  private final Map<String, Bar> bars = new LinkedHashMap<>();
  private List<String> waits = List.of();
  private int drawn;
  private boolean closed;

  /**
   * @param text how the terminal shows lines
   */
  public LiveView(PrintStream out, TerminalText text) {
    this.out = out;
    this.text = text;
    this.columns = Math.max(40, text.columns());
  }

  /** A section's bar; the library renders it, this view places it. */
  private final class Bar {
    private final ProgressBar bar;
    private volatile String text = "";

    Bar(String title, int total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(pad(title))
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(1000)
              // People are waited for: no arithmetic knows how long.
              .hideEta()
              .setMaxRenderedLength(columns - 1)
              .setConsumer(new DelegatingProgressBarConsumer(this::rendered, columns - 1))
              .build();
    }

    private void rendered(String line) {
      text = line;
      redraw();
    }

    void stepTo(int done, int total) {
      bar.maxHint(total);
      bar.stepTo(done);
    }
  }

  private static String pad(String title) {
    return "%-24s".formatted(title);
  }

  @Override
  public synchronized void line(String words) {
    erase();
    text.lines(words).forEach(out::println);
    draw();
  }

  @Override
  public void status(OnboardingStatus status) {
    for (OnboardingStatus.Section section : status.sections()) {
      List<TaskStatus> rows =
          status.rows().stream().filter(task -> task.section().equals(section.id())).toList();
      if (!rows.isEmpty()) {
        int done = (int) rows.stream().filter(TaskStatus::isFinal).count();
        bars.computeIfAbsent(section.id(), id -> new Bar(section.title(), rows.size()))
            .stepTo(done, rows.size());
      }
    }
    synchronized (this) {
      waits = waits(status);
    }
    redraw();
  }

  private List<String> waits(OnboardingStatus status) {
    List<String> lines =
        new ArrayList<>(
            status.tasks().stream()
                .filter(TaskStatus::isOpen)
                .filter(task -> task.dependsOn().isEmpty())
                .map(
                    task -> cut("  " + Wording.oneLine(task.label() + ": " + Wording.detail(task))))
                .toList());
    if (lines.size() > WAITS_SHOWN) {
      int more = lines.size() - WAITS_SHOWN;
      lines = new ArrayList<>(lines.subList(0, WAITS_SHOWN));
      lines.add("  and " + more + " more");
    }
    return lines;
  }

  private String cut(String text) {
    return text.length() < columns ? text : text.substring(0, columns - 2) + "…";
  }

  private synchronized void redraw() {
    if (!closed) {
      erase();
      draw();
    }
  }

  private void erase() {
    StringBuilder erase = new StringBuilder();
    for (int i = 0; i < drawn; i++) {
      erase.append(UP).append(CLEAR_LINE);
    }
    out.print(erase);
    drawn = 0;
  }

  private void draw() {
    if (!closed) {
      for (Bar bar : bars.values()) {
        if (!bar.text.isEmpty()) {
          out.println(bar.text);
          drawn++;
        }
      }
      for (String wait : waits) {
        out.println(wait);
        drawn++;
      }
    }
    out.flush();
  }

  @Override
  public void close() {
    bars.values().forEach(bar -> bar.bar.close());
    synchronized (this) {
      closed = true;
      out.flush();
    }
  }
}
