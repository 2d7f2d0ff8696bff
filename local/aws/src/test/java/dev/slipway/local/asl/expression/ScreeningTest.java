package dev.slipway.local.asl.expression;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in an expression, and what is refused. */
class ScreeningTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "'a' & \"b\"",
        "$states.input",
        "$states.input.a.b[0].`c d`",
        "$states.input.items[price > 3 and kind = 'x'].(name & $.kind)",
        "$states.input.items[*.a]",
        "$states.input.**.name",
        "$states.input.a.%.b",
        "$states.input.items^(>price, <name)",
        "$states.input.items{kind: $sum(price)}",
        "$states.input.a@$x.b[c = $x.c].d",
        "$states.input.a#$i.{'i': $i}",
        "$states.input ~> |a.b|{'c': d + 1}, ['e', 'f']|",
        "$map($states.input.a, function($v, $i) { $v * $i })",
        "$map([1], λ($v) { $v })",
        "$map([1], function($v)<n:n> { $v })",
        "($f := function($x)<s?:n> { $x ? -1 : 2 }; $f(1))",
        "$f(?, 1)",
        "$contains($x, /a\\/[/]b(c|d)/i)",
        "$x / 2 / $y",
        "$x ? $y ? 1 : 2 : 3",
        "[1..3, $x]",
        "{'a': $x ? 1 : 2, 'b': [$y]}",
        "/* comment with $$.a */ 1",
        "$eval('1')",
        "$states.input.and.or.in.function",
        "1 in [1, 2] or true",
        "$x[0][$y]",
        "$states.input.a.$b",
        "-$x + 1e-3",
        "$x.a[]",
        "($x := $y := 1)",
        "$states.input.items.{'k': v}[0]",
        "()",
      })
  void accepts(String source) {
    assertDoesNotThrow(() -> new Expression(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a.b",
        "`a b`.c",
        "$.a",
        "$$.a",
        "$",
        "*",
        "**.a",
        "%",
        "[a]",
        "{'x': a}",
        "{a: 1}",
        "$f(a)",
        "$map($x, function($v) { a })",
        "$x ? a : 1",
        "($y := a; $y)",
        "$x + a",
        "$x ?: 1",
        "$x ?? 1",
        "$states := 1",
        "$x[$$.a]",
        "'open",
        "/* open",
        "$match($x, /open)",
        "(1 +",
        "1 2",
        "",
      })
  void refuses(String source) {
    assertThrows(ExpressionSyntaxException.class, () -> new Expression(source));
  }

  @Test
  void findsFieldsOfStates() {
    assertEquals(Set.of("result", "input"), fields("$a[c = $f($states.result.x, $states.input)]"));
    assertEquals(Set.of("*"), fields("$states"));
    assertEquals(Set.of("*"), fields("$states[0]"));
    assertEquals(Set.of("*"), fields("$states.*"));
    assertEquals(Set.of("context"), fields("function($x) { $states.context.Execution.Id }"));
    assertEquals(Set.of(), fields("1"));
  }

  private static Set<String> fields(String source) {
    return new Expression(source).statesFields();
  }
}
