import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { legibleLines } from "../../cli/printable.js";
import { shellWord } from "../../reports/text/shell-word.js";
import { HOSTILE, wellFormed } from "../cli/unprintable.js";

/** What a program is given for the words of a command, as bash reads them. */
function readByBash(words: readonly string[]): string[] {
  const given = execFileSync("bash", ["--norc", "-c", `printf '%s\\0' ${words.join(" ")}`], {
    encoding: "utf8",
    env: { LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return given.split("\0").slice(0, -1);
}

/** No program can be given a NUL, or half a surrogate pair. */
const word = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(..."'\"\\$`!*?[]{}()<>|&;~#=%^ \t\n\r\x1b\u202e-aé🙂")).map((letters) => letters.join("")),
    fc.constantFrom(...HOSTILE),
  )
  .map((text) => wellFormed(text.replaceAll("\0", "")));

describe("a word for the shell", () => {
  it.each([
    ["runs/demo-2.5", "runs/demo-2.5"],
    ["my run", "'my run'"],
    ["it's", "'it'\\''s'"],
    ["a\\b", "'a\\b'"],
    ["=ls", "'=ls'"],
    ["", "''"],
    ["\x1b[2J", "$'\\x1b[2J'"],
    ["é\u202e'", "$'é\\xe2\\x80\\xae\\''"],
  ])("%j is typed as %s", (text, typed) => expect(shellWord(text)).toBe(typed));

  it("is read as just this word by bash and can be printed as it stands, on one line", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        const typed = words.map(shellWord);
        expect(readByBash(typed)).toEqual(words);
        for (const one of typed) expect(legibleLines(one)).toBe(one);
        expect(typed.join("")).not.toContain("\n");
      }),
      { numRuns: 60 },
    );
  });
});
