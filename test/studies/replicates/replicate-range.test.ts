import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReplicates, parseShard } from "../../../studies/index.js";
import { replicatesOf } from "../../../studies/replicates/replicate-range.js";

describe("which replicates", () => {
  it.each([
    ["1", { from: 0, to: 0 }],
    ["100", { from: 0, to: 99 }],
    ["100000", { from: 0, to: 99_999 }],
    ["7..9", { from: 7, to: 9 }],
    ["7..7", { from: 7, to: 7 }],
    ["2147483647..2147483647", { from: 2_147_483_647, to: 2_147_483_647 }],
  ])("%s", (text, range) => expect(parseReplicates(text)).toEqual(range));

  it.each([
    "",
    "0",
    "-1",
    "1.5",
    "9..7",
    "1e3",
    "9007199254740992",
    "100001",
    "0..100000",
    "1..2..3",
    "..",
    "1..",
    "..3",
    " 3",
    "3 ",
    "٣",
    "0x3",
  ])("%j is none", (text) => expect(parseReplicates(text)).toBeNull());

  it.each(["0/2", "3/2", "a/b", "1", "1/", "/2", "1/0", "-1/2", "1.0/2", "1/2/3", "1/1000000", ""])("%j is no part", (text) =>
    expect(parseShard(text)).toBeNull(),
  );

  it("parts hold every replicate once, and differ by one at most", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(200), fc.integer({ min: 1, max: 40 }), (from, more, count) => {
        const range = { from, to: from + more };
        const parts = Array.from({ length: count }, (_, at) => replicatesOf(range, { index: at + 1, count }));
        expect(parts.flat().sort((a, b) => a - b)).toEqual(replicatesOf(range, null));
        const sizes = parts.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        for (const part of parts) expect([...part].sort((a, b) => a - b)).toEqual(part);
      }),
    );
  });
});
