package dev.slipway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
  private static String joined(Map<String, String> modules) {
    return new Bundle(modules::get).of("/app/main.js");
  }

  private static String refused(Map<String, String> modules) {
    return assertThrows(IllegalArgumentException.class, () -> joined(modules)).getMessage();
  }

  @Test
  void aModuleComesAfterThoseThatItImportsAndOnce() {
    String script =
        joined(
            Map.of(
                "/app/main.js",
                "import { one } from './a/one.js';\nimport { html as h } from 'lit';\none(h);",
                "/app/a/one.js",
                "import { html } from 'lit';\nexport const one = (x) => x;\n",
                "/vendor/lit.js",
                "var t=1;export{t as html};"));
    assertEquals(
        """
        'use strict';
        const _0 = (() => {
        var t=1;
        return {html: t};
        })();
        const _1 = (() => {
        const {html} = _0;
        const one = (x) => x;
        return {one};
        })();
        const _2 = (() => {
        const {one} = _1;
        const {html: h} = _0;
        one(h);
        return {};
        })();
        """,
        script);
  }

  @Test
  void linesOfCommentAreLeftOut() {
    String script =
        joined(Map.of("/app/main.js", "// why\nexport async function f() { return 'a//b'; }\n"));
    assertFalse(script.contains("why"), script);
    assertTrue(script.contains("async function f() { return 'a//b'; }"), script);
  }

  @Test
  void aCircleIsRefused() {
    assertTrue(
        refused(
                Map.of(
                    "/app/main.js", "import { b } from './b.js';\nexport const a = b;",
                    "/app/b.js", "import { a } from './main.js';\nexport const b = a;"))
            .contains("in a circle"));
  }

  @Test
  void aNameThatIsNotExportedIsRefused() {
    assertEquals(
        "/app/main.js: /app/b.js exports no `c`",
        refused(
            Map.of(
                "/app/main.js",
                "import { c } from './b.js';",
                "/app/b.js",
                "export const b = 1;")));
  }

  @Test
  void aModuleThatIsMissingIsRefused() {
    assertTrue(
        refused(Map.of("/app/main.js", "import { c } from './b.js';"))
            .startsWith("/app/b.js: there is no such module"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export default function f() {}",
        "export let counter = 0;",
        "export * from './b.js';",
        "import b from './b.js';",
        "import * as b from './b.js';",
        "import './b.js';",
        "const b = await import('./b.js');",
        "const here = import.meta.url;",
        "export { 'a b' as c };",
        "export const a = 1;\nexport const a = 2;"
      })
  void whatIsNotReadIsRefused(String text) {
    String message = refused(Map.of("/app/main.js", text, "/app/b.js", "export const b = 1;"));
    assertTrue(message.startsWith("/app/main.js: "), message);
  }
}
