import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameOfText, nameText } from "../../../reports/guard/baseline/name-text.js";
import { comparePaidKeys, type PaidLine, type PaidTotals, paidKeyText } from "../../../reports/guard/baseline/paid-line.js";
import { readTotals } from "../../../reports/guard/baseline/read-totals.js";
import { totalsText } from "../../../reports/guard/baseline/totals-text.js";
import { lineDifferences } from "../../../reports/guard/compare/line-difference.js";
import { EXACT, isWithin, parseTolerance, type Tolerance } from "../../../reports/guard/compare/tolerance.js";
import { mergeTotals } from "../../../reports/guard/review/merge-totals.js";

const name = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("a", 'b"', "tab\tname", "line\nend", "\\", "ünï", "-", "\u001b[31m"),
);
const rao = fc.bigInt({ min: 0n, max: 2n ** 60n });
const measure = fc.option(
  fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0),
  { nil: null },
);

function totalsOf(days: readonly string[]): fc.Arbitrary<PaidTotals> {
  const line = fc.record({
    netuid: fc.nat(65_535),
    kind: fc.constantFrom("position" as const, "rest" as const),
    hotkey: name,
    coldkey: name,
    paidRao: rao,
    multiplier: measure,
    weight: measure,
    terms: fc.option(fc.constantFrom("0123456789abcdef", "ffffffffffffffff"), { nil: null }),
    byDay: fc.tuple(...days.map(() => rao)),
  });
  return fc.uniqueArray(line, { selector: paidKeyText, maxLength: 6 }).map((lines) => ({
    days,
    lines: lines.sort(comparePaidKeys).map((one) => {
      const ofDays = one.byDay.reduce((sum, paid) => sum + paid, 0n);
      // An epoch that never ended pays positions beside their days.
      return { ...one, paidRao: one.kind === "position" ? ofDays + one.paidRao : ofDays };
    }),
  }));
}

const DAYS = ["2025-01-01", "2025-01-02", "2025-01-04"];

describe("names", () => {
  it("come back as they were, in one word of printable ASCII", () => {
    fc.assert(
      fc.property(name, (one) => {
        expect(nameText(one)).toMatch(/^[ -~]+$/);
        expect(nameText(one)).not.toMatch(/\t/);
        // Half a surrogate pair is no text that JSON could not hold.
        expect(nameOfText(nameText(one))).toBe(one);
      }),
    );
  });
});

describe("totals", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(totalsOf(DAYS), (totals) => {
        expect(readTotals(totalsText(totals), "totals.tsv")).toEqual(totals);
      }),
    );
  });

  it("change in one line where one line changes", () => {
    fc.assert(
      fc.property(totalsOf(DAYS), rao, (totals, paid) => {
        fc.pre(totals.lines.length > 0);
        const [first, ...others] = totals.lines;
        const changed = { ...totals, lines: [{ ...first, byDay: [paid, ...first.byDay.slice(1)] }, ...others] };
        const [before, after] = [totals, changed].map((one) => totalsText(one).split("\n"));
        expect(after.filter((line, at) => line !== before[at]).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  const text = totalsText({ days: ["2025-01-01"], lines: [line("a", [1n]), line("b", [2n])] });
  it.each([
    { what: "another format", damage: text.replace("format 1", "format 2"), at: 1 },
    { what: "days out of order", damage: text.replace("\t2025-01-01", "\t2025-01-02\t2025-01-01"), at: 2 },
    { what: "a merge with conflicts", damage: text.replace("\n7", "\n<<<<<<< HEAD\n7"), at: 3 },
    { what: "an amount below 0", damage: text.replace(/\t1\n/, "\t-1\n"), at: 3 },
    { what: "pay that its days do not add up to", damage: text.replace(/\t2\n/, "\t3\n"), at: 4 },
    { what: "a column too few", damage: text.replace(/\t1\n/, "\n"), at: 3 },
    { what: "a line twice", damage: text.replace(/\tb\t/, "\ta\t"), at: 4 },
    { what: "no file of totals", damage: "", at: 1 },
  ])("with $what are refused with their line", ({ damage, at }) => {
    expect(() => readTotals(damage, "totals.tsv")).toThrow(
      expect.objectContaining({ code: "TEN-GUARD-003", place: { file: "totals.tsv", line: at } }),
    );
  });

  it("of rows have no pay beside their days", () => {
    const more = text.replace(/\t1\t/, "\t2\t");
    expect(readTotals(more, "totals.tsv").lines[0].paidRao).toBe(2n);
    expect(() => readTotals(more, "totals.tsv", { ofRun: false })).toThrow(expect.objectContaining({ code: "TEN-GUARD-003" }));
  });

  it("may have the line ends of Windows", () => {
    expect(readTotals(text.replaceAll("\n", "\r\n"), "totals.tsv").lines).toHaveLength(2);
  });
});

function line(hotkey: string, byDay: readonly bigint[]): PaidLine {
  const paidRao = byDay.reduce((sum, one) => sum + one, 0n);
  return { netuid: 7, kind: "position", hotkey, coldkey: "c", paidRao, multiplier: null, weight: null, terms: null, byDay };
}

describe("a tolerance", () => {
  it.each([
    ["0", { kind: "rao", rao: 0n }],
    ["1000", { kind: "rao", rao: 1000n }],
    ["0.1%", { kind: "share", parts: 1n, whole: 1000n }],
    ["5 %", { kind: "share", parts: 5n, whole: 100n }],
  ])("%s", (text, expected) => expect(parseTolerance(text)).toEqual(expected));

  it.each(["", "0.5", "-1", "1e3", "1 rao", "%", "0.1 % of pay"])("%j is none", (text) => expect(parseTolerance(text)).toBeNull());

  it("decides as fractions do", () => {
    fc.assert(
      fc.property(rao, rao, fc.nat(1000), (expected, got, thousandths) => {
        const tolerance = parseTolerance(`${(thousandths / 10).toFixed(1)}%`) as Tolerance;
        const off = expected > got ? expected - got : got - expected;
        expect(isWithin(expected, got, tolerance)).toBe(off * 1000n <= expected * BigInt(thousandths));
      }),
    );
  });
});

describe("differences", () => {
  /** By names and days, without a thought for speed. */
  function naive(a: PaidTotals, b: PaidTotals): readonly string[] {
    const cells = ({ days, lines }: PaidTotals) =>
      new Map(
        lines.map(({ paidRao, multiplier, weight, terms, byDay, ...key }) => [
          paidKeyText(key),
          JSON.stringify([
            String(paidRao),
            multiplier,
            weight,
            terms,
            days.flatMap((day, at) => (byDay[at] === 0n ? [] : [[day, String(byDay[at])]])),
          ]),
        ]),
      );
    const [before, after] = [cells(a), cells(b)];
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((key) => !isNothing(a, b, key) && before.get(key) !== after.get(key))
      .sort();
  }
  /** A line of nothing at all is as good as none. */
  function isNothing(a: PaidTotals, b: PaidTotals, key: string): boolean {
    return [a, b].every(({ lines }) => {
      const own = lines.find((one) => paidKeyText(one) === key);
      return (
        own === undefined ||
        (own.paidRao === 0n && own.multiplier === null && own.weight === null && own.terms === null && own.byDay.every((one) => one === 0n))
      );
    });
  }

  it("are those of a naive model, whatever the days", () => {
    fc.assert(
      fc.property(totalsOf(DAYS), totalsOf(["2025-01-02", "2025-01-03"]), (a, b) => {
        expect(lineDifferences(a, b, EXACT).map(paidKeyText).sort()).toEqual(naive(a, b));
      }),
    );
  });

  it("tell of the first day, and of pay that moves between days", () => {
    const [before, after] = [
      [5n, 5n, 5n],
      [5n, 6n, 4n],
    ].map((byDay) => ({ days: DAYS, lines: [line("a", byDay)] }));
    expect(lineDifferences(before, after)).toMatchObject([{ changeRao: 0n, movedRao: 2n, firstDay: "2025-01-02", parts: ["pay"] }]);
    expect(lineDifferences(before, after, { kind: "rao", rao: 1n })).toEqual([]);
  });

  it("of terms alone count where all is exact", () => {
    const [before, after] = ["0".repeat(16), "1".repeat(16)].map((terms) => ({
      days: DAYS,
      lines: [{ ...line("a", [1n, 1n, 1n]), terms }],
    }));
    expect(lineDifferences(before, after)).toMatchObject([{ parts: ["terms"], firstDay: null }]);
    expect(lineDifferences(before, after, { kind: "rao", rao: 1n })).toEqual([]);
  });
});

describe("totals of which some lines are accepted", () => {
  it("have these as they are now, and all others as they were", () => {
    fc.assert(
      fc.property(totalsOf(DAYS), totalsOf(["2025-01-02", "2025-01-03"]), (before, now) => {
        const accepted = now.lines.slice(0, 2);
        const merged = mergeTotals(before, now, accepted);
        const taken = accepted.map(paidKeyText);
        const left = (totals: PaidTotals) => lineDifferences(merged, totals).map(paidKeyText);
        expect(left(now).filter((key) => taken.includes(key))).toEqual([]);
        expect(left(before).filter((key) => !taken.includes(key))).toEqual([]);
        expect(readTotals(totalsText(merged), "totals.tsv")).toEqual(merged);
      }),
    );
  });
});
