import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { firstDifference } from "../../bench/kernel/kernel-figures.js";
import { runLedgerKernel } from "../../bench/kernel/ledger-kernel.js";
import { eventCount, subnetYear, type Workload } from "../../bench/kernel/workload.js";
import { readWorkload, writeWorkload } from "../../bench/kernel/workload-file.js";
import { compileReference } from "../../bench/limit/c-reference.js";
import { runNaiveKernel } from "./naive-kernel.js";
import { anyWorkload } from "./random-workload.js";

const folder = await mkdtemp(join(tmpdir(), "tenure-bench-test-"));
afterAll(() => rm(folder, { recursive: true }));

const reference = await compileReference(folder);
if (reference === undefined) console.warn("SKIPPED: there is no C compiler, so the C reference is not compared with the engine.");

/** Three miners who sell all every five days, until they received more than 2^53. */
function churn(): Workload {
  const [miners, epochs, epochMs] = [3, 900, 86_400_000];
  const emissionRao = Float64Array.from({ length: miners * epochs }, (_, cell) => 2 ** 44 + cell * 12_345_677);
  const sales: { day: number; miner: number }[] = [];
  for (let day = 5; day <= epochs; day += 5) for (let miner = 0; miner < miners; miner++) sales.push({ day, miner });
  const earned = (day: number, miner: number) => {
    let sum = 0;
    for (let epoch = day - 5; epoch < day; epoch++) sum += emissionRao[epoch * miners + miner];
    return sum;
  };
  return {
    miners,
    epochs,
    startMs: 0,
    epochMs,
    emissionRao,
    eventMs: Float64Array.from(sales, ({ day }) => day * epochMs + 77),
    eventMiner: Int32Array.from(sales, ({ miner }) => miner),
    eventRao: Float64Array.from(sales, ({ day, miner }) => -earned(day, miner)),
  };
}

const SMALL = { "an odd number of miners": subnetYear(7, 400), "one miner": subnetYear(1, 300), "sums above 2^53": churn() };

describe("the workload", () => {
  it("is the same each time, in order, and removes no more than there is", () => {
    const workload = subnetYear(16, 200);
    expect(subnetYear(16, 200)).toEqual(workload);
    expect(eventCount(workload)).toBe(16 * 200 + workload.eventMs.length);
    expect(workload.eventMs).toEqual(workload.eventMs.toSorted());
    expect(workload.eventMs.length).toBeGreaterThan(250);
    expect(() => runLedgerKernel(workload)).not.toThrow();
  });

  it("comes back from its file as it was", async () => {
    const file = join(folder, "there-and-back.bin");
    const workload = subnetYear(5, 30);
    await writeWorkload(file, workload);
    expect(await readWorkload(file)).toEqual(workload);
  });
});

describe("the engine's kernel", () => {
  it.each(Object.entries(SMALL))("answers as the naive model does: %s", (_name, workload) => {
    expect(runLedgerKernel(workload)).toEqual(runNaiveKernel(workload));
  });

  it("answers as the naive model does, whatever the events", () => {
    fc.assert(
      fc.property(anyWorkload, (workload) => {
        expect(runLedgerKernel(workload)).toEqual(runNaiveKernel(workload));
      }),
      { numRuns: 300 },
    );
  });

  it("really takes, holds and pays in these workloads", () => {
    const { exits, remainingRao, heldDaysSum, multiplierSum } = runLedgerKernel(SMALL["an odd number of miners"]);
    expect(exits).toBeGreaterThan(2_000);
    expect(remainingRao).toBeGreaterThan(0);
    expect(heldDaysSum).toBeGreaterThan(100);
    expect(multiplierSum).toBeGreaterThan(7 * 400);
  });
});

describe.skipIf(reference === undefined)("the C reference", () => {
  it.each(Object.entries(SMALL))("answers as the engine does: %s", async (name, workload) => {
    const file = join(folder, `${name.replaceAll(" ", "-")}.bin`);
    await writeWorkload(file, workload);
    const runs = (await reference?.program.run(file, 2)) ?? [];
    expect(runs).toHaveLength(2);
    const expected = runLedgerKernel(workload);
    for (const run of runs) {
      expect(firstDifference(expected, run)).toBeUndefined();
      expect(run.wallMs).toBeGreaterThan(0);
      expect(run.cpuMs).toBeGreaterThan(0);
    }
  });
});

describe("firstDifference", () => {
  const figures = { exits: 1, remainingRao: 2, heldDaysSum: 3, multiplierSum: 4 };

  it("names the figure and both values", () => {
    expect(firstDifference(figures, { ...figures })).toBeUndefined();
    expect(firstDifference(figures, { ...figures, heldDaysSum: 3 + Number.EPSILON * 2 })).toBe("heldDaysSum: 3 and 3.0000000000000004");
  });
});
