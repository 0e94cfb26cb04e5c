import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { dataBlock } from "../../../reports/html/data-block.js";
import { html } from "../../../reports/html/html.js";
import { unprintablesIn, wellFormed } from "../../cli/unprintable.js";

const NASTY = ["<script>", "</script>", '"', "'", "&amp;", "<!--", "\u202e", "\0", "onclick=", "${", "`", "\u2028", "\ud800"];
const text = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 5 })
  .map((parts) => parts.join(""));

/** What a page shows of a text, by the Unicode charts of the test's own. */
function shown(given: string): string {
  return [...given]
    .map((letter) => {
      if (letter === "\n" || unprintablesIn(letter).length === 0) return letter;
      const code = letter.codePointAt(0) ?? 0;
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
    })
    .join("");
}

describe("a value in a page", () => {
  it("is text and nothing else, between tags and in attributes", () => {
    fc.assert(
      fc.property(text, (given) => {
        const { document } = parseHTML(html`<!doctype html><html><body><p title="${given}">${given}</p></body></html>`.text);
        const [only, ...more] = document.body.children;
        expect(more).toEqual([]);
        expect(only.attributes).toHaveLength(1);
        expect(only.children).toHaveLength(0);
        expect(only.textContent).toBe(shown(given));
        expect(only.getAttribute("title")).toBe(shown(given));
      }),
    );
  });

  it("is written piece by piece: HTML as it is, lists, numbers, nothing for null", () => {
    expect(html`${html`<b>${"<"}</b>`}${[1, "&", 10n]}${null}${[]}`.text).toBe("<b>&lt;</b>1&amp;10");
  });
});

describe("data for the script", () => {
  it("comes out as it went in, and ends no element", () => {
    fc.assert(
      fc.property(fc.array(text.map(wellFormed)), (values) => {
        const block = dataBlock("some-data", values).text;
        expect(block.match(/<\//g)).toHaveLength(1);
        expect(block).not.toContain("<!--");
        const [, json = ""] = /^<script type="application\/json" id="some-data">([\s\S]*)<\/script>$/.exec(block) ?? [];
        expect(JSON.parse(json)).toEqual(values);
      }),
    );
  });
});
