package dev.slipway.checklist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules over the elements given so far: they hold, do not hold, wait, or are refused. */
class ConditionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "activities.emails                            | HOLDS",
        "activities.backuper                          | DOES_NOT_HOLD",
        "activities.monitoring                        | UNDECIDED",
        "`external-billing`.system in ['whmcs', 'a/b'] | HOLDS",
        "name = \"a/b\\\"c\"                             | DOES_NOT_HOLD",
        "$count(many[$ > 0]) = 300                    | DOES_NOT_HOLD",
      })
  void answers(String rule, Condition.Answer answer) throws Exception {
    JsonNode elements =
        JSON.readTree(
            """
            {"activities": {"emails": true, "backuper": false},
             "external-billing": {"system": "a/b"}, "name": "x", "many": [1, 2]}
            """);
    assertEquals(answer, new Condition(rule).evaluate(elements));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$contains(name, /a{2,1}/)",
        "$contains(name, /^(a+)+$/)",
        "/* open",
        "name#",
        "function($x)<n<n>> { $x }",
        "name = 'open",
        "((((",
        "",
      })
  void refusesWhatIsNoRule(String rule) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Condition(rule));
    assertTrue(refusal.getMessage().startsWith("`" + rule + "`"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "($f := function() { $f() }; $f())",
        "($f := function($x) { 1 + $f($x) }; $f(0)) = 1",
        "$sum('a') = 1",
        "$number('x') = 1",
        "'no truth value'",
      })
  void failsWithTheRuleInItsMessage(String rule) throws Exception {
    JsonNode elements = JSON.readTree("{}");
    Condition condition = new Condition(rule);
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> condition.evaluate(elements));
    assertTrue(failure.getMessage().startsWith("`" + rule + "`"), failure.getMessage());
  }

  @Test
  void countsTrueNestingOnly() throws Exception {
    String rule = "$count($map([1..300], function($v) { {'a': $v, 'b': {'c': 1, 'd': 2}} })) = 300";
    assertEquals(Condition.Answer.HOLDS, new Condition(rule).evaluate(JSON.readTree("{}")));
  }
}
