import { describe, expect, it } from "vitest";
import { parse, refusals, SYNTHETIC } from "../scenario-text.js";

const DRAWN = "{ miners_of: synthetic, from: 1, to: 2 }";
const scores = (text: string) => `${SYNTHETIC}  - synthetic: scores\n    ${text}\n`;

describe("streams that are stated or drawn", () => {
  it("are one of both", () => {
    expect(parse(scores(`drawn: ${DRAWN}`)).streams[1]).toMatchObject({
      source: "drawn",
      options: { kind: "scores", levels: { from: 1, to: 2 } },
    });
    expect(parse(scores("rows: [{ hotkeys: [a], score: 2, columns: { work: 3 } }]")).streams[1]).toMatchObject({
      source: "stated",
      options: {
        rows: [
          { hotkeys: ["a"], value: 2 },
          { hotkeys: ["a"], value: 3, column: "work" },
        ],
      },
    });
    expect(refusals(scores("name: s"))[0]).toMatchObject({ found: "neither", allowed: "rows, or drawn" });
    expect(refusals(scores(`rows: [{ hotkeys: [a], score: 2 }]\n    drawn: ${DRAWN}`))[0]).toMatchObject({ found: "rows, drawn" });
    // What is owed is stated, and never drawn.
    const owed = refusals(scores(`drawn: ${DRAWN}`).replace("synthetic: scores", "synthetic: obligations"));
    expect(owed.map(({ found, place }) => [found, place?.path])).toEqual([
      [undefined, "streams.1.rows"],
      ["drawn", "streams.1.drawn"],
    ]);
  });

  it("are drawn for somebody whom the scenario has", () => {
    expect(refusals(scores("drawn: { from: 1, to: 2 }"))[0]).toMatchObject({ found: "neither miners_of nor hotkeys" });
    expect(refusals(scores("drawn: { miners_of: synthetic, hotkeys: [a], from: 1, to: 2 }"))[0]).toMatchObject({
      found: "miners_of, hotkeys",
    });
    expect(refusals(scores("drawn: { miners_of: synthetc, from: 1, to: 2 }"))[0]).toMatchObject({
      found: "synthetc",
      hint: "Did you mean synthetic?",
    });
  });

  it.each([
    ["drawn: { miners_of: synthetic, from: 3, to: 2 }", "streams.1.drawn.to", "at least `from`"],
    ["drawn: { miners_of: synthetic, from: 0, to: 2 }", "streams.1.drawn.from", "above 0"],
    ["drawn: { miners_of: synthetic, from: 1, to: 2, told: 0 }", "streams.1.drawn.told", "above 0"],
    ["drawn: { miners_of: synthetic, from: 1, to: 2, columns: { 1st: { from: 1, to: 2 } } }", "streams.1.drawn.columns.1st", ""],
    ["rows: [{ hotkeys: [a], score: -1 }]", "streams.1.rows.0.score", "0"],
    ["rows: []", "streams.1.rows", "at least one"],
  ])("%s is refused", (text, path, allowed) => {
    const [first] = refusals(scores(text));
    expect(first?.place?.path).toBe(path);
    expect(first?.allowed).toContain(allowed);
  });

  it("base weights of scores need a stream of them, and no closed loop", () => {
    expect(refusals(`${SYNTHETIC}weights: { from: scores }\n`)[0]).toMatchObject({ found: "no stream of kind scores" });
    expect(refusals(`${SYNTHETIC}weights: { from: scored }\n`)[0].allowed).toContain("yuma, chain_yuma, scores");
    const drawn = `drawn: ${DRAWN.replace(" }", ", columns: { work: { from: 1, to: 2 } } }")}`;
    expect(parse(`${scores(drawn)}weights: { from: scores, column: work }\n`).configuration.weights).toEqual({
      from: "scores",
      column: "work",
    });
  });
});
