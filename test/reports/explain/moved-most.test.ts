import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type OpenRun, openRun } from "../../../recorders/index.js";
import type { RunExplanation } from "../../../reports/explain/run-explanation.js";
import { listEffects } from "../../../reports/explain/whole-run/share-effects.js";
import { readTableRows } from "../../../reports/reading/table-rows.js";
import { runInProcess } from "../../cli/run-in-process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-most-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function cli(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runInProcess(args);
  expect([code, err]).toEqual([0, ""]);
  return out;
}

/** Four days of six epochs, with collateral that falls from 10 to 1 for one miner after 49 hours: in epoch 13. */
async function runOf(name: string, stages: string): Promise<OpenRun> {
  const keys = [0, 1, 2, 3, 4, 5].map((at) => `m/miner-00${at}`).join(", ");
  const file = join(folder, `${name}.yaml`);
  await writeFile(
    file,
    `name: ${name}
time: { start: 2026-01-01, days: 4 }
subnet: { netuid: 30, tempo: 1200 }
streams:
  - { synthetic: subnet, name: m, miners: 6, coldkeys: 6, share_jitter: 0.3 }
  - { synthetic: collateral, rows: [{ hotkeys: [${keys}], amount: 10 }, { after: 49 h, hotkeys: [m/miner-002], amount: 1 }] }
emission: redistribute
tags: { crown: [m/miner-001, m/miner-002] }
stages: ${stages}
record: { tables: all, every_epochs: 1, stage_weights: every }
`,
  );
  await cli("run", file, "--no-duckdb", "--quiet", "--out", join(folder, name));
  return openRun(join(folder, name));
}
const FALL = 13;
const EPOCHS = 24;

async function told({ dir }: OpenRun, hotkey: string): Promise<RunExplanation> {
  return JSON.parse(await cli("explain", dir, "--hotkey", hotkey, "--json")) as RunExplanation;
}

interface StageRow {
  readonly epoch: number;
  readonly position: number;
  readonly stage: number;
  readonly share_before: number;
  readonly factor: number;
  readonly share_after: number;
}

it("in each epoch the stage that moved the share most is named, not the first that moved, and first the fall", async () => {
  const run = await runOf(
    "cut",
    "[{ smooth: { kind: ema, half_life_epochs: 5 } }, { gate: { by: collateral, at_least: 10, below: scale, power: 2 } }, { residual: burn }]",
  );
  const rows = await readTableRows<StageRow>(run, "stage_weights");
  for (const hotkey of ["m/miner-002", "m/miner-004"]) {
    const { ranges, position } = await told(run, hotkey);
    const at = (epoch: number, stage: number) =>
      rows.find((row) => row.position === position.position && row.epoch === epoch && row.stage === stage) as StageRow;
    const named = ranges.flatMap(({ from_epoch: from, to_epoch: to, term, change }) =>
      Array.from({ length: to - from + 1 }, () => [term, change]),
    );
    expect(named).toHaveLength(EPOCHS);
    for (let epoch = 2; epoch <= EPOCHS; epoch++) {
      const [smooth, gate] = [1, 2].map((stage) => [at(epoch - 1, stage), at(epoch, stage)]);
      const change = gate[1].share_after > gate[0].share_after ? "up" : "down";
      const bySmooth = Math.abs(Math.log(smooth[1].share_after / smooth[0].share_after));
      const byGate = Math.abs(Math.log(gate[1].factor / gate[0].factor));
      expect(named[epoch - 1]).toEqual([byGate > bySmooth ? "stage.2.gate" : "stage.1.smooth", change]);
    }
    if (hotkey !== "m/miner-002") continue;
    const {
      from_epoch: from,
      before,
      after,
      words,
      row,
      moved_rao: moved,
    } = ranges.find(({ term }) => term === "stage.2.gate") ?? ranges[0];
    expect([from, before, after, words, row?.value]).toEqual([FALL, 1, 0.1 ** 2, "its collateral fell, below 10", 1]);
    const largest = ranges.slice(1).sort((a, b) => Math.abs(Number(b.moved_rao)) - Math.abs(Number(a.moved_rao)));
    expect(largest[0].from_epoch).toBe(FALL);
    expect(Number(moved)).toBeLessThan(0);
    const shown = await cli("explain", run.dir, "--hotkey", hotkey, "--limit", "2");
    expect(shown).toMatch(/^13 +stage\.2\.gate {2}\(stages\.1\) +1 +0\.01 .* its collateral fell, below 10 /m);
  }
});

it("a gate of a pool that took most is told apart from what else moved the pools before and after", async () => {
  const pool =
    "{ name: crown, share: 0.5, members: { tags: [crown] }, stages: [{ gate: { by: collateral, at_least: 10, below: scale } }] }";
  const run = await runOf(
    "pooled",
    `[{ smooth: { kind: ema, half_life_epochs: 5 } }, { pools: [${pool}, { name: all, share: 0.5, members: rest }] }, { residual: burn }]`,
  );
  const { ranges } = await told(run, "m/miner-002");
  const fell = ranges.filter(({ words }) => words.includes("gate collateral"));
  expect(fell).toMatchObject([
    {
      from_epoch: FALL,
      to_epoch: FALL,
      term: "stage.2.pools",
      words: "pool crown, stage 1, gate collateral: its collateral fell, below 10",
    },
  ]);
});

it("where a cap lets no pay move nothing changed, whatever moved before it", async () => {
  const run = await runOf("capped", "[{ smooth: { kind: ema, half_life_epochs: 5 } }, { cap: { max_share: 0.02 } }, { residual: burn }]");
  const { ranges } = await told(run, "m/miner-001");
  expect(ranges.map(({ from_epoch, to_epoch, term, change, moved_rao }) => [from_epoch, to_epoch, term, change, moved_rao])).toEqual([
    [1, 1, "stage.1.smooth", "first", ranges[0].paid_rao],
    [2, EPOCHS, "stage.2.cap", "same", "0"],
  ]);
});

it("of a list of factors what moved the base weight, and the factors of others, have names of their own", async () => {
  const run = await runOf("factors", "[{ gate: { by: collateral, at_least: 10, below: scale } }]");
  const named = async (hotkey: string) => {
    const { ranges } = await told(run, hotkey);
    return ranges.find(({ from_epoch: from, to_epoch: to }) => from <= FALL && to >= FALL);
  };
  expect(await named("m/miner-002")).toMatchObject({ term: "stage.1.gate", path: "stages.0", change: "down" });
  const { ranges } = await told(run, "m/miner-004");
  const terms = new Set(ranges.map(({ term }) => term));
  expect([...terms].filter((term) => !["stage.1.gate", "others.stage.1", "base_weight"].includes(term))).toEqual([]);
  expect(terms).toContain("base_weight");
  expect(ranges.find(({ term }) => term === "base_weight")?.words).toMatch(/^its base weight (rose|fell) among those of all$/);
});

it("what all terms of a list moved sums to what the share moved, and of a share that vanished the factor of 0 is named", () => {
  const value = fc.double({ min: 1e-6, max: 1, noNaN: true });
  const stage = fc.record({ isFactor: fc.boolean(), factor: fc.tuple(value, value), after: fc.tuple(value, value) });
  fc.assert(
    fc.property(fc.tuple(value, value), fc.array(stage, { minLength: 1, maxLength: 5 }), (base, list) => {
      const stages = list.map(({ isFactor, factor, after }, at) => ({
        isFactor,
        before: Float64Array.from(at === 0 ? base : list[at - 1].after),
        factor: Float64Array.from(factor),
        after: Float64Array.from(after),
      }));
      const { base: alone, own, others } = listEffects(stages);
      const sum = [alone, ...own, ...others].reduce((all, effect) => all + effect.move(0, 1), 0);
      const last = list[list.length - 1].after;
      expect(sum).toBeCloseTo(Math.log(last[1] / last[0]), 9);
    }),
  );
  const gone = { isFactor: true, before: Float64Array.of(0.5, 0.4), factor: Float64Array.of(1, 0), after: Float64Array.of(0.5, 0) };
  const then = { isFactor: false, before: gone.after, factor: Float64Array.of(1, 1), after: Float64Array.of(0.5, 0) };
  const { own, others, base } = listEffects([gone, then]);
  expect([own[0].move(0, 1), own[0].move(1, 0)]).toEqual([-Infinity, Infinity]);
  expect([own[1], others[0], base].map((effect) => effect.move(0, 1))).toEqual([0, 0, 0]);
});
