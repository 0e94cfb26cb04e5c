import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJson } from "../../cli/json.js";
import { legible, legibleLines } from "../../cli/printable.js";
import { MARKED, render } from "../../cli/styles.js";
import { capturedTerminal } from "./captured-terminal.js";
import { HOSTILE, unprintablesIn } from "./unprintable.js";

/** Any text, unprintables and halves of pairs included. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string())).map((parts) => parts.join("")),
);

describe("a value", () => {
  it.each([
    ["\x1b[2J", "\\x1b[2J"],
    ["a\nb\tc\rd", "a\\x0ab\\x09c\\x0dd"],
    ["\u202ex\u2028\u200b", "\\u202ex\\u2028\\u200b"],
    ["\x00\x7f\x9b", "\\x00\\x7f\\x9b"],
    ["\ud800", "\\ud800"],
    ["\u{e0041}", "\\u{e0041}"],
    ["süß 東京 🙂 \\x1b", "süß 東京 🙂 \\x1b"],
  ])("%j is shown as %s", (value, shown) => expect(legible(value)).toBe(shown));

  it("is shown on one line with nothing unprintable, and is left alone where all can be seen", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const shown = legible(value);
        expect(unprintablesIn(shown)).toEqual([]);
        expect(shown).not.toContain("\n");
        expect(legible(shown)).toBe(shown);
        if (unprintablesIn(value).length === 0) expect(legibleLines(value)).toBe(value);
      }),
    );
  });
});

describe("what reaches a terminal", () => {
  it("holds nothing unprintable, whatever is written to it", () => {
    fc.assert(
      fc.property(anyText, anyText, (out, error) => {
        const terminal = capturedTerminal();
        terminal.stdout(out);
        terminal.stderr(error);
        expect(unprintablesIn(terminal.out + terminal.err)).toEqual([]);
      }),
    );
  });

  it("keeps its lines", () => {
    const terminal = capturedTerminal();
    terminal.stdout("a\nb\n");
    expect(terminal.out).toBe("a\nb\n");
  });

  it("has our styles and no others", () => {
    const { bold, dim } = MARKED;
    expect(render(`${bold("a")} ${dim("\x1b[1mb\x1b[0m")} \x1b[1mc`)).toBe("\x1b[1ma\x1b[22m \x1b[2m\\x1b[1mb\\x1b[0m\x1b[22m \\x1b[1mc");
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        const styled = render(`${bold(first)}${second}`);
        expect(styled).toBe(`\x1b[1m${legibleLines(first)}\x1b[22m${legibleLines(second)}`);
      }),
    );
  });
});

describe("JSON", () => {
  it("holds nothing unprintable and says the same", () => {
    fc.assert(
      fc.property(anyText, anyText, (key, value) => {
        const json = formatJson({ [`k${key}`]: [value] });
        expect(unprintablesIn(json)).toEqual([]);
        expect(JSON.parse(json)).toEqual({ [`k${key}`]: [value] });
        const terminal = capturedTerminal();
        terminal.stdout(json);
        expect(terminal.out).toBe(json);
      }),
    );
  });
});
