import { loadScenario, type Scenario } from "../../scenarios/index.js";
import { recordTape, TapePlayer } from "../../studies/index.js";
import type { PartContext } from "../part-context.js";
import { type Samples, samplesOf } from "../samples.js";

const SCENARIO = "subnet-year";
/** Values a side of the grid of retention_target and max_multiplier. */
const SIDE = 32;

/** Rules that are played the general way, each by what it sets. */
const GENERAL: Readonly<Record<string, readonly string[]>> = {
  "geometric, below_minimum: zero": ["vesting.below_minimum=zero"],
  linear_retention: ["vesting.rule=linear_retention"],
  tiered: ["vesting.rule=tiered"],
  "redistribution: threshold": ["vesting.redistribution=threshold"],
};

/** CPU of this thread's process, and wall time. */
export interface TimedTrials {
  readonly trials: number;
  readonly cpu_seconds: Samples;
  readonly wall_seconds: Samples;
  readonly trials_per_cpu_second: number;
}

export interface TuneOpenLoopResult {
  readonly scenario: string;
  readonly rows: number;
  /** The replay that the tape is recorded of. */
  readonly record_cpu_seconds: Samples;
  /** A grid of retention_target and max_multiplier by one thread, from a tape that no trial was played on yet. */
  readonly pot_moved_and_multiplier_paid: TimedTrials;
  readonly gini_after: TimedTrials;
  /** A trial of each rule that has no sums of its own. */
  readonly general: readonly { readonly rule: string; readonly cpu_ms: Samples }[];
}

/** Trials that are computed from the tape of one replay. */
export async function measureTuneOpenLoop({ quick, progress }: PartContext): Promise<TuneOpenLoopResult> {
  const rounds = quick ? 1 : 3;
  const sets = quick ? ["time.days=30"] : [];
  const base = loadScenario(SCENARIO, { sets });
  const trials = gridOf(base, quick ? 8 : SIDE);
  const records: number[] = [];
  const some: Timed[] = [];
  const ginis: Timed[] = [];
  const general = Object.entries(GENERAL).map(([rule, own]) => ({
    rule,
    trial: loadScenario(SCENARIO, { sets: [...sets, ...own] }).configuration,
    all: [] as number[],
  }));
  progress("tune_open_loop: the replay");
  let tape = await recordTape(base);
  for (let round = 1; round <= rounds; round++) {
    progress(`tune_open_loop: round ${round} of ${rounds}`);
    const begunMs = cpuMs();
    tape = await recordTape(base);
    records.push((cpuMs() - begunMs) / 1000);
    for (const [names, into] of [
      [["pot_moved", "multiplier_paid"], some],
      [["gini_after"], ginis],
    ] as const) {
      const player = new TapePlayer(tape);
      const playAll = () => {
        for (const trial of trials) player.play(trial, names);
      };
      into.push(timed(playAll));
    }
    const player = new TapePlayer(tape);
    for (const { trial, all } of general) {
      // The first makes its arrays.
      player.play(trial, null);
      all.push(timed(() => player.play(trial, null)).cpuMs);
    }
  }
  return {
    scenario: SCENARIO,
    rows: tape.firstRow[tape.epochs],
    record_cpu_seconds: samplesOf(records, 3),
    pot_moved_and_multiplier_paid: trialsOf(trials.length, some),
    gini_after: trialsOf(trials.length, ginis),
    general: general.map(({ rule, all }) => ({ rule, cpu_ms: samplesOf(all, 1) })),
  };
}

function gridOf({ configuration }: Scenario, side: number): readonly Scenario["configuration"][] {
  const { vesting } = configuration;
  return Array.from({ length: side * side }, (_, at) => ({
    ...configuration,
    vesting: { ...vesting, retentionTarget: 0.5 + (0.5 * (at % side)) / side, maxMultiplier: 1 + (2 * Math.floor(at / side)) / side },
  }));
}

interface Timed {
  readonly cpuMs: number;
  readonly wallMs: number;
}

function timed(work: () => void): Timed {
  const begunMs = cpuMs();
  const startedMs = performance.now();
  work();
  return { cpuMs: cpuMs() - begunMs, wallMs: performance.now() - startedMs };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function trialsOf(trials: number, all: readonly Timed[]): TimedTrials {
  const cpu = samplesOf(
    all.map((one) => one.cpuMs / 1000),
    3,
  );
  const wall = samplesOf(
    all.map((one) => one.wallMs / 1000),
    3,
  );
  return { trials, cpu_seconds: cpu, wall_seconds: wall, trials_per_cpu_second: Math.round(trials / cpu.median) };
}
