import { describe, expect, it } from "vitest";
import { Yuma } from "../../../engine/yuma/index.js";
import { configuration, type MemoryStream, type Row, run, START } from "../in-memory.js";
import { PLAIN_YUMA } from "../yuma/plain-configuration.js";

const HOUR = 3_600_000;
const ALPHA = 1_000_000_000;

function paid(epoch: number): Row[] {
  const pay = (key: string, role: string, alpha: number) => ({
    time_ms: START + epoch * HOUR,
    netuid: 1,
    hotkey: key,
    coldkey: `c-${key}`,
    role,
    amount_rao: alpha * ALPHA,
  });
  return [pay("a", "miner", 3), pay("b", "miner", 1), pay("v", "validator", 5), pay("w", "validator", 4)];
}

function set(validator: string, hotkey: string, weight: number, more: Row = {}): Row {
  return { time_ms: START + HOUR + 1, netuid: 1, validator, hotkey, weight, ...more };
}

function shared(rows: readonly Row[], others: readonly MemoryStream[] = []) {
  const config = configuration({
    weights: { from: "yuma", ...PLAIN_YUMA },
    emission: { mode: "redistribute" },
    vesting: { maxMultiplier: 1 },
  });
  const pays = { kind: "emission", rows: [1, 2].flatMap(paid) } as const;
  return run(config, [pays, { kind: "validator_weights", rows }, ...others]);
}

const baseIn = ({ tables }: ReturnType<typeof run>, epoch: number) =>
  tables.weights.filter((row) => row.epoch === epoch && row.position !== -1).map((row) => row.base_weight);

describe("rows of validator_weights", () => {
  it("make base weights, by the stake that validators hold when an epoch ends", () => {
    const rows = [set("v", "a", 1), set("v", "b", 3), set("w", "a", 3), set("w", "b", 1), set("w", "w", 50)];
    const ran = shared(rows);
    // After the first epoch v holds 5 alpha and w 4, which is less than half.
    const yuma = new Yuma(PLAIN_YUMA, 2, 2);
    yuma.epoch([5, 4], [1, 3, 3, 1]);
    expect(baseIn(ran, 1)).toEqual([0, 0]);
    expect(baseIn(ran, 2)).toEqual([...yuma.incentive]);
  });

  it("count with the stake that they state", () => {
    const rows = [set("v", "a", 1, { stake_rao: 1 }), set("v", "b", 3, { stake_rao: 1 }), set("w", "a", 3), set("w", "b", 1)];
    const yuma = new Yuma(PLAIN_YUMA, 2, 2);
    yuma.epoch([1, 4 * ALPHA], [1, 3, 3, 1]);
    expect(baseIn(shared(rows), 2)).toEqual([...yuma.incentive]);
  });

  it("follow a miner whose hotkey is swapped", () => {
    const swap = {
      time_ms: START + HOUR + 2,
      action: "hotkey_swapped",
      netuid: 1,
      hotkey: "b",
      coldkey: "c-b",
      amount_rao: 0,
      to_hotkey: "n",
    };
    const ran = shared([set("v", "b", 1)], [{ kind: "stake", rows: [swap] }]);
    // The recording pays b alone, which is n by then: nobody whom it pays has weight.
    expect(baseIn(ran, 2)).toEqual([0, 0]);
    expect(ran.summary.warnings.filter((text) => text.includes("Validators gave weight"))).toEqual([]);
  });

  describe("leave bonds", () => {
    const HELD = [1, 2, 3, 4, 5];
    const at = (epoch: number, row: Row) => ({ ...row, time_ms: START + epoch * HOUR + 1 });
    const stated = { stake_rao: ALPHA };
    /** v gives both, then a alone, then both again; w gives a, later both. */
    const later = (b: string, v = "v") => [
      at(1, set("v", "a", 1, stated)),
      at(1, set("v", "b", 1, stated)),
      at(1, set("w", "a", 1, stated)),
      at(2, set(v, "a", 1, stated)),
      at(3, set(v, "a", 1, stated)),
      at(3, set(v, b, 1, stated)),
      at(3, set("w", "a", 1, stated)),
      at(3, set("w", b, 1, stated)),
    ];
    const dividends = (rows: readonly Row[], more: readonly Row[] = []) => {
      const config = configuration({
        weights: { from: "yuma", ...PLAIN_YUMA, version: "yuma3", bondMovingAverage: 0.9 },
        emission: { mode: "redistribute" },
        vesting: { maxMultiplier: 1 },
      });
      const pays = { kind: "emission", rows: HELD.flatMap(paid) } as const;
      const swaps = more.length === 0 ? [] : [{ kind: "stake", rows: more } as const];
      const { tables } = run(config, [pays, { kind: "validator_weights", rows }, ...swaps]);
      return tables.yuma_validators.filter(({ epoch }) => epoch === 5).map((row) => row.dividends);
    };
    const swapOf = (hotkey: string) => ({
      time_ms: START + 2 * HOUR,
      action: "hotkey_swapped",
      netuid: 1,
      hotkey,
      coldkey: `c-${hotkey}`,
      amount_rao: 0,
      to_hotkey: "n",
    });

    it("that decay on a miner whom nobody rates for an epoch, and are not forgotten", () => {
      // The same without what comes and goes: both miners are there in all epochs.
      const yuma = new Yuma({ ...PLAIN_YUMA, version: "yuma3", bondMovingAverage: 0.9 }, 2, 2);
      for (const row of [
        [1, 1, 1, 0],
        [1, 0, 1, 0],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ]) {
        yuma.epoch([ALPHA, ALPHA], row);
      }
      expect(dividends(later("b"))).toEqual([...yuma.dividends]);
      expect(yuma.dividends[0]).toBeGreaterThan(0.51);
    });

    it("that a miner or a validator takes along to another hotkey", () => {
      expect(dividends(later("n"), [swapOf("b")])).toEqual(dividends(later("b")));
      expect(dividends(later("b", "n"), [swapOf("v")])).toEqual(dividends(later("b")));
    });
  });

  it.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY], [1e200]])("are refused with a weight of %d, with the row", (weight) => {
    expect(() => shared([set("v", "a", 1), set("v", "b", weight)])).toThrow(
      expect.objectContaining({ code: "TEN-YUMA-002", place: { stream: "validator_weights", row: 1 }, found: weight }),
    );
  });

  it("are refused with a stake that is no amount, and missed where there are none", () => {
    expect(() => shared([set("v", "a", 1, { stake_rao: 0.5 })])).toThrow(expect.objectContaining({ code: "TEN-LEDGER-002" }));
    const config = configuration({ weights: { from: "yuma", ...PLAIN_YUMA } });
    expect(() => run(config, [{ kind: "emission", rows: paid(1) }])).toThrow(expect.objectContaining({ code: "TEN-YUMA-003" }));
    const swapped = { alphaLow: 0.9, alphaHigh: 0.2, sigmoidSteepness: 10, consensus: "current" } as const;
    expect(() => run(configuration({ weights: { from: "yuma", ...PLAIN_YUMA, liquidAlpha: swapped } }), [])).toThrow(
      expect.objectContaining({ code: "TEN-YUMA-001", found: 0.9 }),
    );
  });
});
