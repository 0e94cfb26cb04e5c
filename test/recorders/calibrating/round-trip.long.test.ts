import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type CalibratedFit, calibratedFit, calibrateRecording } from "../../../recorders/calibrating/index.js";
import { importRun } from "../../../recorders/importers/index.js";
import { runScenario } from "../../../recorders/run/run.js";
import { parseScenario } from "../../../scenarios/index.js";
import { AT_ONCE } from "../../cases.js";
import { useTemporaryFolders } from "../temporary-folder.js";

const folder = useTemporaryFolders();

const POOL = { taoReserveRao: 20_000_000_000_000, alphaReserveRao: 400_000_000_000_000 };
const commandOf = (name: string) => `tenure run ${name}.yaml`;
const DAY = 86_400_000;

/** Strategies by the name of the group, as they are to be found again. */
interface Truth {
  readonly share: number;
  readonly weekday: string;
  readonly hour: number;
  readonly everyHours: number;
  readonly lateDays: number;
  readonly deviation: number;
  readonly seed: number;
}

const worldOf = ({ share, weekday, hour, everyHours, lateDays, deviation, seed }: Truth) => `
name: truth
seed: ${seed}
time: { start: 2026-01-01T00:00:00Z, days: 40 }
subnet: { netuid: 7 }
closed_loop:
  market: { kind: pool, tao_reserve: 20000, alpha_reserve: 400000 }
  skill: { half_life: 2 d, deviation: ${deviation} }
  miners:
    - { name: holders, count: 7, strategy: hold, skill: { from: 0.5, to: 4 }, stake: { from: 1, to: 100 } }
    - { name: savers, count: 6, strategy: { kind: sell_fraction, share: ${share} }, skill: { from: 0.5, to: 4 }, stake: 10 }
    - { name: dumpers, count: 5, strategy: sell_all, skill: { from: 0.5, to: 4 } }
    - { name: weekly, count: 6, strategy: { kind: sell_schedule, every: 7 d, weekday: ${weekday}, at: ${hour} h }, skill: { from: 0.5, to: 4 }, stake: 1 }
    - { name: regular, count: 4, strategy: { kind: sell_schedule, every: ${everyHours} h, share: 0.8 }, skill: { from: 0.5, to: 4 } }
    - { name: late, count: 4, strategy: { kind: sell_fraction, share: 0.5 }, skill: { from: 0.5, to: 4 }, tao: 5, arrives_after: ${lateDays} d }
vesting: { mode: off }
record: { tables: all }
`;

async function calibrated(truth: Truth) {
  const dir = await folder();
  const { dir: run } = await runScenario(parseScenario(worldOf(truth), "truth.yaml"), { out: join(dir, "run"), duckdb: false });
  const recording = join(dir, "recordings", "truth");
  await importRun(run, { out: recording });
  const result = await calibrateRecording(recording, { pool: POOL }, commandOf);
  return { result, fit: await calibratedFit(result, {}) };
}

const within = (found: number, truth: number, part: number) => expect(Math.abs(found / truth - 1)).toBeLessThan(part);

/**
 * Standard errors of the logarithms of what one such world shows of its luck, over 60 of them: 32 miners and 40 days say no more.
 * One world may be five of them off, whatever its seed; what many say together is held to a tenth below.
 */
const ERROR_OF_ONE = { deviation: 0.07, halfLife: 0.17 };
const withinFiveErrors = (found: number, truth: number, error: number) => expect(Math.abs(Math.log(found / truth))).toBeLessThan(5 * error);

function expectTruth({ result, fit }: { result: Awaited<ReturnType<typeof calibrateRecording>>; fit: CalibratedFit }, truth: Truth): void {
  const { world } = result;
  expect(world.miners).toHaveLength(32);
  expect(world).toMatchObject({ tempoBlocks: 360, potRaoPerBlock: 410_000_000, others: null });
  expect(world.startMs).toBe(Date.UTC(2026, 0, 1));
  for (const { observed, habit, arrivesAfterMs, leftMs } of world.miners) {
    const [group] = observed.hotkey.split("-");
    const { strategy, miss } = habit;
    const isLate = group === "late";
    // Who comes between two ends of epochs begins with the next.
    expect(arrivesAfterMs).toBe(isLate ? Math.ceil((truth.lateDays * DAY) / 4_320_000) * 4_320_000 : 0);
    expect(leftMs).toBeNull();
    if (group === "holders") expect(strategy).toEqual({ kind: "hold" });
    else if (group === "savers") expect(strategy).toEqual({ kind: "sell_fraction", share: truth.share });
    else if (group === "late") expect(strategy).toEqual({ kind: "sell_fraction", share: 0.5 });
    else if (group === "dumpers") expect(strategy).toEqual({ kind: "sell_all" });
    else if (group === "regular") {
      expect(strategy).toEqual({ kind: "sell_schedule", everyMs: truth.everyHours * 3_600_000, weekday: "any", share: 0.8 });
    } else {
      const rhythm = { everyMs: 7 * DAY, weekday: truth.weekday, atMs: truth.hour * 3_600_000 };
      expect(strategy).toEqual({ kind: "sell_schedule", ...rhythm, share: 1 });
    }
    expect(miss).toBeLessThan(1e-3);
  }
  if (truth.deviation > 0) {
    withinFiveErrors(world.spread.deviation, truth.deviation, ERROR_OF_ONE.deviation);
    withinFiveErrors(world.spread.halfLifeMs, 2 * DAY, ERROR_OF_ONE.halfLife);
  } else expect(world.spread).toMatchObject({ deviation: 0, basis: "steady" });
  const steady = fit.withoutLuck ?? fit.simulated;
  expect(steady.largestShareDifference).toBeLessThan(1e-6);
  expect(steady.payMoved).toBeLessThan(1e-6);
  expect(steady.payGini).toBeCloseTo(fit.recorded.payGini, 6);
  expect(Math.abs(steady.soldShare - fit.recorded.soldShare)).toBeLessThan(0.03);
  within(Number(steady.heldEndRao), Number(fit.recorded.heldEndRao), 0.05);
}

it("finds the strategies, shares and arrivals of the world that a recording was made of", async () => {
  const truth = { share: 0.3, weekday: "monday", hour: 9, everyHours: 50, lateDays: 5, deviation: 0.2, seed: 1 };
  const { result, fit } = await calibrated(truth);
  expectTruth({ result, fit }, truth);
  // The same recording makes the same file.
  const again = await calibrated(truth);
  expect(again.result.text).toBe(result.text);
  expect(again.fit).toEqual(fit);
});

it("pays a world without luck again what it paid, and sells as it sold", async () => {
  const truth = { share: 0.7, weekday: "sunday", hour: 0, everyHours: 31, lateDays: 20, deviation: 0, seed: 2 };
  const { result, fit } = await calibrated(truth);
  expectTruth({ result, fit }, truth);
  expect(fit.withoutLuck).toBeNull();
  expect(fit.simulated.soldShare).toBeCloseTo(fit.recorded.soldShare, 4);
  expect(fit.simulated.largestSoldDifference).toBeLessThan(1e-3);
});

it("finds them of any such world", async () => {
  const truths = fc.record({
    share: fc.integer({ min: 5, max: 95 }).map((percent) => percent / 100),
    weekday: fc.constantFrom("monday", "tuesday", "friday", "saturday"),
    hour: fc.nat(23),
    everyHours: fc.integer({ min: 30, max: 100 }),
    lateDays: fc.integer({ min: 1, max: 25 }),
    deviation: fc.constantFrom(0, 0.1, 0.3),
    seed: fc.nat(1_000),
  });
  await fc.assert(
    fc.asyncProperty(truths, async (truth) => expectTruth(await calibrated(truth), truth)),
    { ...AT_ONCE, numRuns: 30 },
  );
});

it("is right about luck on average", async () => {
  const logarithms = { deviation: 0, halfLife: 0 };
  const worlds = 20;
  for (let seed = 0; seed < worlds; seed++) {
    const truth = { share: 0.5, weekday: "friday", hour: 4, everyHours: 60, lateDays: 3, deviation: seed % 2 === 0 ? 0.3 : 0.1, seed };
    const { spread } = (await calibrated(truth)).result.world;
    logarithms.deviation += Math.log(spread.deviation / truth.deviation) / worlds;
    logarithms.halfLife += Math.log(spread.halfLifeMs / (2 * DAY)) / worlds;
  }
  expect(Math.abs(logarithms.deviation)).toBeLessThan(0.1);
  expect(Math.abs(logarithms.halfLife)).toBeLessThan(0.1);
});
