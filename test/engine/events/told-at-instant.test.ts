import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { cases } from "../../cases.js";
import { configuration, type MemoryStream, pay, type Row, run, START } from "../in-memory.js";
import { PLAIN_YUMA } from "../yuma/plain-configuration.js";

const PAID: MemoryStream = { kind: "emission", rows: [pay(START + 100, "a", 1_000), pay(START + 100, "b", 1_000)] };

/** The refusal of a run over streams; null: it ran. */
function refusalOf(...streams: readonly MemoryStream[]): TenureError | null {
  const isWeighed = streams.some(({ kind }) => kind === "validator_weights");
  try {
    run(configuration({ weights: isWeighed ? { from: "yuma", ...PLAIN_YUMA } : null, emission: { mode: "redistribute" } }), [
      PAID,
      ...streams,
    ]);
    return null;
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
}

/** One kind, the columns that say of whom a row is, and that which says what. */
const KINDS = [
  { kind: "scores", of: ["netuid", "hotkey", "column"], value: "score" },
  { kind: "collateral", of: ["netuid", "hotkey"], value: "amount_rao" },
  { kind: "weights", of: ["netuid", "hotkey", "coldkey"], value: "weight" },
  { kind: "validator_weights", of: ["netuid", "validator", "hotkey"], value: "weight" },
] as const;

describe.each(KINDS)("rows of $kind", ({ kind, of, value }) => {
  const anyRow = fc.record({
    at: fc.integer({ min: 0, max: 2 }),
    block: fc.integer({ min: -1, max: 2 }),
    netuid: fc.integer({ min: 1, max: 2 }),
    hotkey: fc.constantFrom("a", "b"),
    other: fc.constantFrom("x", "y"),
    value: fc.integer({ min: 0, max: 2 }),
    second: fc.boolean(),
  });

  it("that say otherwise of one hotkey at one instant are refused, with both rows, and no others", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 7 }), (drawn) => {
        const rows = drawn
          .sort((a, b) => a.at - b.at)
          .map(({ at, block, netuid, hotkey, other, value: said, second }) => {
            const row: Row = { time_ms: START + 1 + at, block, netuid, hotkey, [value]: said };
            const beside =
              kind === "scores"
                ? { column: other }
                : kind === "weights"
                  ? { coldkey: other }
                  : kind === "validator_weights"
                    ? { validator: other }
                    : {};
            return { second, row: { ...row, ...beside } as Row };
          });
        const streams = [false, true].map((isSecond) => rows.filter(({ second }) => second === isSecond).map(({ row }) => row));
        // In the order in which a run takes them: by instant, then by stream, then by row.
        const taken = [0, 1, 2].flatMap((at) =>
          streams.flatMap((of, stream) => of.flatMap((row, number) => (row.time_ms === START + 1 + at ? [{ row, stream, number }] : []))),
        );
        const said = (row: Row) => [row.time_ms, ...of.map((name) => row[name])].join("/");
        const places = (row: Row) => Number(row.block);
        const latest = new Map<string, (typeof taken)[number]>();
        let wanted: readonly number[] | null = null;
        for (const one of taken) {
          const before = latest.get(said(one.row));
          if (before !== undefined && before.row[value] !== one.row[value]) {
            const isLater = places(before.row) >= 0 && places(one.row) >= 0 && places(before.row) !== places(one.row);
            if (!isLater) {
              wanted = [one.stream, one.number + 1, before.stream, before.number + 1];
              break;
            }
          }
          latest.set(said(one.row), one);
        }
        const error = refusalOf(...streams.map((rows, stream) => ({ kind, name: `s${stream}`, rows }) as const));
        if (wanted === null) expect(error).toBeNull();
        else {
          expect(error).toMatchObject({ code: "TEN-RULE-042", place: { stream: `s${wanted[0]}`, row: wanted[1] - 1 } });
          expect(error?.allowed).toContain(`row ${wanted[3]} of stream s${wanted[2]} says`);
        }
      }),
      { numRuns: cases(40, 120) },
    );
  });
});

it("a validator counts with one stake at an instant", () => {
  const set = (hotkey: string, stake: number, ms = 1): Row => ({
    time_ms: START + ms,
    netuid: 1,
    validator: "v",
    hotkey,
    weight: 1,
    stake_rao: stake,
  });
  const told = (...rows: readonly Row[]) => refusalOf({ kind: "validator_weights", rows });
  expect(told(set("a", 5), set("b", 5), set("a", 6, 2))).toBeNull();
  expect(told(set("a", 5), set("b", 0))).toMatchObject({ code: "TEN-RULE-042", what: expect.stringContaining("stake_rao of v") });
});

it("what is owed adds up, also in rows of one instant", () => {
  const owe = (amount: number): Row => ({ time_ms: START + 1, netuid: 1, hotkey: "a", amount_rao: amount });
  expect(refusalOf({ kind: "obligations", rows: [owe(1), owe(2), owe(2)] })).toBeNull();
});
