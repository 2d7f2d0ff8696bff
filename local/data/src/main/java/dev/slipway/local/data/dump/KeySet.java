package dev.slipway.local.data.dump;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The keys of rows that belong to a dump. Whole numbers take 8 to 32 bytes each, so that a million
 * of them needs no more than a small part of a heap; other texts lie in a hash set.
 */
public final class KeySet {
  private static final int LONGEST_NUMBER = 18;
  private static final long EMPTY = Long.MIN_VALUE;

  private final Set<String> texts = new HashSet<>();
  private long[] numbers = new long[1024];
  private int size;

  public KeySet() {
    java.util.Arrays.fill(numbers, EMPTY);
  }

  /** Adds a key; null is none. */
  public void add(String key) {
    if (key == null) {
      return;
    }
    if (!isNumber(key)) {
      texts.add(key);
      return;
    }
    if (2 * size >= numbers.length) {
      grow();
    }
    int place = place(Long.parseLong(key));
    if (numbers[place] == EMPTY) {
      numbers[place] = Long.parseLong(key);
      size++;
    }
  }

  /** Whether it is there; null is not. */
  public boolean contains(String key) {
    if (key == null) {
      return false;
    }
    return isNumber(key) ? numbers[place(Long.parseLong(key))] != EMPTY : texts.contains(key);
  }

  /** How many there are. */
  public long size() {
    return (long) size + texts.size();
  }

  /** Hands each on, in no order. */
  public void forEach(Consumer<String> each) {
    for (long number : numbers) {
      if (number != EMPTY) {
        each.accept(Long.toString(number));
      }
    }
    texts.forEach(each);
  }

  /** Written as a number is: {@code 007} is a text of its own. */
  private static boolean isNumber(String key) {
    int length = key.length();
    if (length == 0 || length > LONGEST_NUMBER || (length > 1 && key.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (key.charAt(i) < '0' || key.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private int place(long number) {
    int mask = numbers.length - 1;
    int place = (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (numbers[place] != EMPTY && numbers[place] != number) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] before = numbers;
    numbers = new long[2 * before.length];
    java.util.Arrays.fill(numbers, EMPTY);
    for (long number : before) {
      if (number != EMPTY) {
        numbers[place(number)] = number;
      }
    }
  }
}
