import { describe, expect, it } from "vitest";
import { STAGES } from "../../engine/index.js";
import { parseScenario } from "../../scenarios/index.js";
import { cases } from "../cases.js";
import { runOf } from "../gallery/gallery-run.js";
import { type LimitCase, limitCases, limits } from "./stage-limits.js";

const DEPTH = cases(0, 1) === 0 ? "ends" : "beside";
const MINERS = [0, 1, 2, 3, 4].map((miner) => `peers/miner-00${miner}`);
/** Five miners of unequal pay over three days: who has collateral, scores, debts and stake, and who has none. */
function scenarioOf({ stages, owedIn }: LimitCase): object {
  return {
    name: "limits",
    time: { start: "2026-01-01T00:00:00Z", days: 3 },
    subnet: { netuid: 30, tempo: 7200 },
    streams: [
      { synthetic: "subnet", name: "peers", miners: 5, share_spread: 4, netuid: 30, behaviours: { holders: 3, sweepers: 2 } },
      { synthetic: "collateral", rows: [{ hotkeys: MINERS.slice(0, 2), amount: 10 }] },
      { synthetic: "obligations", unit: owedIn, rows: [{ every: "1 d", hotkeys: MINERS.slice(1, 3), amount: 3 }] },
      { synthetic: "prices", subnets: 30, sample_every: "6 h", start_price_tao: { from: 0.05, to: 0.05 } },
      { synthetic: "tao_price", rows: [{ usd_per_tao: 400, every: "12 h" }] },
    ],
    emission: "redistribute",
    stages,
    record: { tables: ["weights", "stage_weights", "rewards", "residuals", "epochs", "positions", "holdings"], every_epochs: 1 },
  };
}

/** Cases that differ, each once. */
const ALL = [...new Map(limitCases(DEPTH).map((one) => [one.name, one])).values()];

describe("a stage whose numbers are at the limits of their ranges", () => {
  it("is every stage, at the ends of what it takes and beside them", () => {
    const stages = new Set(ALL.map(({ name }) => name.split(" ")[0]));
    expect([...stages].sort()).toEqual(Object.keys(STAGES).sort());
    expect(ALL.length).toBeGreaterThan(80);
    expect(limits({ above: 0, atMost: 1 }, "beside")).toEqual([5e-324, 1e-323, 1 - 2 ** -53, 1]);
    expect(limits({ atLeast: 1, atMost: 9, whole: true }, "beside")).toEqual([1, 2, 8, 9]);
    expect(limits({ atLeast: 0, below: 1, places: 9 }, "ends")).toEqual([0, 0.999999999]);
  });

  it.each(ALL)("$name", async (one) => {
    const { tables, epochs } = await runOf(parseScenario(JSON.stringify(scenarioOf(one)), "limits.json"));
    expect(epochs).toHaveLength(3);
    for (const [table, rows] of Object.entries(tables)) {
      for (const row of rows) {
        for (const [column, value] of Object.entries(row)) {
          if (typeof value === "number" && !Number.isFinite(value)) {
            expect.fail(`${table}.${column} is ${value}`);
          }
        }
      }
    }
    for (const { number, miners, potRao } of epochs) {
      let sum = 0;
      let paidRao = 0;
      for (const { share, paidRao: own } of miners) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(own).toBeGreaterThanOrEqual(0);
        sum += share;
        paidRao += own;
      }
      const residuals = tables.residuals?.filter(({ epoch }) => epoch === number) ?? [];
      for (const { share, amount_rao } of residuals) {
        expect(Number(share)).toBeGreaterThanOrEqual(0);
        expect(Number(amount_rao)).toBeGreaterThan(0);
        sum += Number(share);
      }
      expect(sum).toBeCloseTo(1, 9);
      // Each is a whole number of rao next to its share of the pot.
      expect(Number.isSafeInteger(paidRao)).toBe(true);
      for (const { share, paidRao: own } of miners) expect(Math.abs(own - share * potRao)).toBeLessThanOrEqual(1 + potRao * 1e-12);
    }
  });
});
