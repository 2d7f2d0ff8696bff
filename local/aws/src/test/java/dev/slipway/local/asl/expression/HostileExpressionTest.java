package dev.slipway.local.asl.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.asl.definition.DefinitionException;
import dev.slipway.local.asl.definition.StateMachine;
import dev.slipway.local.asl.jsonata.Budget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in an expression: it is refused at load, or it ends. */
class HostileExpressionTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> SEEDS =
      List.of(
          "$match($states.input.s, /^(a+)(?:b|c){1,2}[d-f]$/im)",
          "($f := function($x, $y)<s-(sn)a<n>?:b> { $x & $y }; $f(?, 1))",
          "$states.input.items[price > 3 and kind = 'x']@$a#$i.{ 'k': $i, \"v\": [$a.%, 1..3] }",
          "$states.input ~> |a.b|{'c': d + 1}, ['e', 'f']| ~> $string",
          "/* note */ $x ? `a b` in [1.5e-3, -2] : \"\\u00e4\\n\"",
          "$states.input.a^(>b, <c){ d: $sum(e) }[].**.*[-1]",
          "($n := 3; λ($v) { $v = null ? true : $n }(false))");
  private static final String SIGNS = "/[](){}<>'\"`\\|?*+-.,:;@#$%^&=!~ \n0a9\u00e4\uD83D";

  @Test
  void isRefusedWithAReasonWhateverItIs() {
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 6000; i++) {
      String mutant = mutant(SEEDS.get(i % SEEDS.size()), random);
      try {
        StateMachine.parse(machine(mutant));
      } catch (DefinitionException e) {
        refused++;
        assertTrue(e.getMessage().contains("/States/P/Output"), mutant);
      }
    }
    assertTrue(refused > 1000, refused + " of 6000 were refused");
  }

  private static String mutant(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + 1 + random.nextInt(4));
      char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, text.length() > 5 ? to : at);
        case 1 -> text.insert(at, sign);
        case 2 -> text.setCharAt(at, sign);
        default -> text.insert(at, text.substring(at, to));
      }
    }
    return text.toString();
  }

  private static String machine(String expression) {
    return JSON.objectNode()
        .put("QueryLanguage", "JSONata")
        .put("StartAt", "P")
        .set(
            "States",
            JSON.objectNode()
                .set(
                    "P",
                    JSON.objectNode()
                        .put("Type", "Pass")
                        .put("Output", "{%" + expression + "%}")
                        .put("End", true)))
        .toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$contains($states.input.t, /{{name}}/)",
        "$contains($states.input.t, /[&&]/)",
        "$contains($states.input.t, /a{,1}/)",
        "($f := function($x)<n<n>> { $x })",
        "$x#",
        "/* open",
        "$contains('a', /a{2,1}/)",
        "/",
      })
  void isAcceptedOrRefused(String expression) {
    boolean valid = expression.startsWith("$contains($states");
    if (valid) {
      StateMachine.parse(machine(expression));
    } else {
      assertThrows(DefinitionException.class, () -> StateMachine.parse(machine(expression)));
    }
  }

  @Test
  void isRefusedIfItNestsTooDeep() {
    for (String deep : List.of("(".repeat(100_000), "1" + "+1".repeat(100_000), "[".repeat(5000))) {
      assertThrows(ExpressionSyntaxException.class, () -> new Expression(deep));
    }
    String groups = "/" + "(".repeat(4000) + "a" + ")".repeat(4000) + "/";
    assertThrows(ExpressionSyntaxException.class, () -> new Expression(groups));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // time
        "$match($pad('', 60, 'a') & '!', /^(a+)+\\1$/)",
        "$replace($pad('', 5000, 'a'), /(a*)*b/, 'x')",
        "($f := function() { $f() }; $f())",
        "($f := function($x) { $f($x + 1) }; $f(0))",
        "$map([1..3000], function($x) { $map([1..3000], function($y) { $x * $y }) })",
        "$formatInteger(1e17, 'I')",
        // depth
        "($f := function($x) { 1 + $f($x) }; $f(0))",
        "$reduce([1..5000], function($a, $i) { [[$a]] }, 1)",
        // memory
        "[1..9999999]",
        "$pad('x', 1000000000000)",
        "$map([1..100000], function($i) { $pad('x', 1000000) })",
        "$reduce([1..60], function($a, $i) { $a & $a }, 'x')",
        "$reduce([1..60], function($a, $i) { $append($a, $a) }, [1, 2])",
        "$join($map([1..100000], function($i) { $pad('x', 10000) }))",
        "$replace($pad('', 100000, 'a'), 'a', $pad('', 100000, 'b'))",
        // values that hold one value many times
        "$reduce([1..60], function($a, $i) { {'l': $a, 'r': $a} }, 1)",
        "$string($reduce([1..60], function($a, $i) { {'l': $a, 'r': $a} }, 1))",
        "$clone($reduce([1..60], function($a, $i) { {'l': $a, 'r': $a} }, 1))",
        "$reduce([1..60], function($a, $i) { {'l': $a, 'r': $a} }, 1).**",
        "($f := function() { $reduce([1..60], function($a, $i) { {'l': $a, 'r': $a} }, 1) };"
            + " $f() = $f())",
        "$boolean($reduce([1..60], function($a, $i) { [[$a], [$a]] }, 0))",
        "($x := {'a': 1} ~> |$|{'self': $}|; $x)",
      })
  @Timeout(120) // Only a guard against a hang.
  void endsByALimit(String expression) {
    assertThrows(
        EvaluationException.class, () -> evaluate(expression, new Budget(Duration.ofMillis(500))));
  }

  @Test
  void doesMuchWithinTheLimits() {
    assertEquals(
        200_000,
        evaluate("$count($map([1..200000], function($x) { {'a': $x, 'b': 1} }))").intValue());
    assertEquals(1_000_000, evaluate("$length($pad('x', -1000000))").intValue());
    assertEquals(
        4, evaluate("$count($split($pad('', 300000, 'a'), /aaa{0,99999}/, 4))").intValue());
  }

  @Test
  void searchesLongTextsForLongTexts() {
    assertEquals(
        false,
        evaluate("$contains($pad('', 3000000, 'a'), $pad('', 1000000, 'a') & 'b')").booleanValue());
  }

  private static JsonNode evaluate(String expression) {
    return evaluate(expression, new Budget());
  }

  private static JsonNode evaluate(String expression, Budget budget) {
    QueryFunctions functions =
        new QueryFunctions(InstantSource.fixed(Instant.EPOCH), new Random(1));
    Scope scope = new Scope(name -> null, functions, JSON.objectNode(), JSON::objectNode);
    return new Expression(expression).evaluate(scope, "Output", budget);
  }
}
