import { describe, expect, it } from "vitest";
import { configuration, type MemoryStream, pay, type Row, run, START } from "../in-memory.js";

const HOUR = 3_600_000;
const score = (timeMs: number, hotkey: string, value: number, more: Row = {}): Row => ({
  time_ms: timeMs,
  netuid: 1,
  hotkey,
  score: value,
  ...more,
});
const paid = (hours: number, ...miners: readonly string[]) => miners.map((miner) => pay(START + hours * HOUR, miner, 1_000));

/** Base weights by epoch, of miners in the order of their positions. */
function baseWeights(emission: readonly Row[], scores: readonly Row[], column: string | null = null, more: readonly MemoryStream[] = []) {
  const config = configuration({ weights: { from: "scores", column }, emission: { mode: "redistribute" }, vesting: { maxMultiplier: 1 } });
  const { tables, summary } = run(config, [{ kind: "emission", rows: emission }, { kind: "scores", rows: scores }, ...more]);
  const weights: Record<number, number[]> = {};
  for (const { epoch, base_weight } of tables.weights) weights[Number(epoch)] = [...(weights[Number(epoch)] ?? []), Number(base_weight)];
  return { weights, summary };
}

describe("scores", () => {
  it("are in force until the next row of the hotkey; one at an epoch's end counts from the next", () => {
    const { weights } = baseWeights(
      [1, 2, 3].flatMap((hour) => paid(hour, "a", "b")),
      [score(START + 1, "a", 3), score(START + HOUR, "b", 5), score(START + 2 * HOUR + 1, "a", 1)],
    );
    expect(weights).toEqual({ 1: [3, 0], 2: [3, 5], 3: [1, 5] });
  });

  it("are not what their columns say, and the other way round", () => {
    const rows = [score(START + 1, "a", 3), score(START + 2, "a", 7, { column: "work" }), score(START + 2, "b", 2, { column: "work" })];
    expect(baseWeights(paid(1, "a", "b"), rows).weights).toEqual({ 1: [3, 0] });
    expect(baseWeights(paid(1, "a", "b"), rows, "work").weights).toEqual({ 1: [7, 2] });
    expect(baseWeights(paid(1, "a", "b"), rows, "rest").weights).toEqual({ 1: [0, 0] });
  });

  it("go along with a hotkey that is swapped", () => {
    const swap: MemoryStream = {
      kind: "stake",
      rows: [
        {
          time_ms: START + HOUR + 1,
          action: "hotkey_swapped",
          netuid: 1,
          hotkey: "a",
          coldkey: "a-owner",
          amount_rao: 0,
          to_hotkey: "c",
          to_coldkey: "a-owner",
        },
      ],
    };
    const { weights } = baseWeights(
      [...paid(1, "a", "b"), pay(START + 2 * HOUR, "c", 1_000, { coldkey: "a-owner" }), ...paid(2, "b")],
      [score(START + 1, "a", 3), score(START + 1, "b", 1)],
      null,
      [swap],
    );
    expect([...weights[2]].sort()).toEqual([1, 3]);
  });

  it("of nobody are no weights, and are counted", () => {
    const { weights, summary } = baseWeights(
      [1, 2].flatMap((hour) => paid(hour, "a")),
      [score(START + HOUR + 1, "a", 2)],
    );
    expect(weights).toEqual({ 1: [0], 2: [2] });
    expect(JSON.stringify(summary.warnings)).toContain("In 1 of 2 epochs no miner had a score above 0");
  });

  it("that are no numbers end the run with the hotkey and the place; without a stream of them nothing begins", () => {
    expect(() => baseWeights(paid(1, "a"), [score(START + 1, "a", Number.NaN)])).toThrow("The score of a is not a finite number");
    expect(() => baseWeights(paid(1, "a"), [score(START + 1, "a", -1)])).toThrow(
      expect.objectContaining({ code: "TEN-RULE-040", found: -1 }),
    );
    const config = configuration({ weights: { from: "scores", column: null } });
    expect(() => run(config, [{ kind: "emission", rows: paid(1, "a") }])).toThrow(
      expect.objectContaining({ code: "TEN-RULE-041", found: "emission" }),
    );
  });
});
