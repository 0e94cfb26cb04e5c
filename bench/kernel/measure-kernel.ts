import { join } from "node:path";
import { C_FLAGS, compileReference } from "../limit/c-reference.js";
import type { PartContext } from "../part-context.js";
import { type Samples, samplesOf } from "../samples.js";
import { firstDifference, type KernelFigures } from "./kernel-figures.js";
import { KernelProgram } from "./kernel-program.js";
import type { TimedRun } from "./timed-run.js";
import { eventCount, subnetYear } from "./workload.js";
import { writeWorkload } from "./workload-file.js";

/** Runs of a process that count, after those that do not. */
const RUNS = 5;
/** The compiler of the engine works from what it saw in the runs before. */
const ENGINE_WARM_UP_RUNS = 6;
/** C's first run is on fresh memory. */
const C_WARM_UP_RUNS = 1;

export interface KernelSpeed {
  /** By the median of the CPU times. */
  readonly events_per_second: number;
  readonly cpu_ms: Samples;
  readonly wall_ms: Samples;
}

export interface KernelResult {
  readonly events: number;
  readonly figures: KernelFigures;
  readonly engine: KernelSpeed;
  /** Why there is none, where there is none. */
  readonly c: (KernelSpeed & { readonly compiler: string; readonly flags: string }) | { readonly missing: string };
  /** The engine's events/s over those of C; null where no C ran. */
  readonly ratio_to_c: number | null;
}

/**
 * The engine's ledger and metrics against the C reference over one subnet-year, in turns, a new process each time: what
 * the engine's compiler makes of the same code differs from process to process.
 * @throws Error when the two do not agree: then there is no time to tell
 */
export async function measureKernel({ folder, quick, progress }: PartContext): Promise<KernelResult> {
  progress("kernel: making the workload");
  const workload = subnetYear();
  const workloadFile = join(folder, "workload.bin");
  await writeWorkload(workloadFile, workload);
  const engineProgram = KernelProgram.ofEngine();
  const reference = await compileReference(folder);
  const engineRuns: TimedRun[] = [];
  const cRuns: TimedRun[] = [];
  const rounds = quick ? 3 : 9;
  for (let round = 1; round <= rounds; round++) {
    progress(`kernel: round ${round} of ${rounds}${reference === undefined ? ", without C" : ""}`);
    engineRuns.push(...(await engineProgram.run(workloadFile, ENGINE_WARM_UP_RUNS + RUNS)).slice(ENGINE_WARM_UP_RUNS));
    if (reference === undefined) continue;
    cRuns.push(...(await reference.program.run(workloadFile, C_WARM_UP_RUNS + RUNS)).slice(C_WARM_UP_RUNS));
  }
  const figures = commonFigures([...engineRuns, ...cRuns]);
  const events = eventCount(workload);
  const engine = speedOf(events, engineRuns);
  if (reference === undefined) return { events, figures, engine, c: { missing: "neither gcc nor cc was found" }, ratio_to_c: null };
  const c = { compiler: reference.compiler, flags: C_FLAGS.join(" "), ...speedOf(events, cRuns) };
  return { events, figures, engine, c, ratio_to_c: Number((c.cpu_ms.median / engine.cpu_ms.median).toFixed(3)) };
}

function speedOf(events: number, runs: readonly TimedRun[]): KernelSpeed {
  const [cpu_ms, wall_ms] = (["cpuMs", "wallMs"] as const).map((clock) =>
    samplesOf(
      runs.map((run) => run[clock]),
      2,
    ),
  );
  return { events_per_second: Math.round((events / cpu_ms.median) * 1000), cpu_ms, wall_ms };
}

function commonFigures(runs: readonly KernelFigures[]): KernelFigures {
  const [{ exits, remainingRao, heldDaysSum, multiplierSum }] = runs;
  const figures = { exits, remainingRao, heldDaysSum, multiplierSum };
  for (const run of runs) {
    const difference = firstDifference(figures, run);
    if (difference !== undefined) throw new Error(`No times: the programs differ in ${difference}.`);
  }
  return figures;
}
