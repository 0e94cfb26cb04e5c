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
