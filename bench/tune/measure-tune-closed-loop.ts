import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type CommandRun, measureCommand } from "../command/measure-command.js";
import type { PartContext } from "../part-context.js";
import { type Samples, samplesOf } from "../samples.js";

const SCENARIO = "vesting-mixed";
/** Values of the two parameters: so many trials, and the scenario as it stands beside them, which is one of them. */
const VARIED = ["vesting.retention_target=0.6,0.9", "vesting.max_multiplier=1.2,1.5,2,3"];
const TRIALS = 8;

export interface TuneClosedLoopResult {
  readonly scenario: string;
  readonly days: number;
  readonly trials: number;
  readonly cores: number;
  /** Wall time of the command end to end, by jobs. */
  readonly one_seconds: Samples;
  readonly two_seconds: Samples;
  /** Trials a second of wall time at the median, start and end of the command included. */
  readonly one_trials_per_second: number;
  readonly two_trials_per_second: number;
}

/** `tenure tune` of a scenario whose miners decide: every trial is a run. */
export async function measureTuneClosedLoop({ folder, quick, progress }: PartContext): Promise<TuneClosedLoopResult> {
  const rounds = quick ? 1 : 3;
  const days = quick ? 2 : 30;
  const runs: Record<1 | 2, CommandRun[]> = { 1: [], 2: [] };
  for (let round = 1; round <= rounds; round++) {
    for (const jobs of [1, 2] as const) {
      progress(`tune_closed_loop: round ${round} of ${rounds}, ${TRIALS} trials by ${jobs} ${jobs === 1 ? "job" : "jobs"}`);
      const out = join(folder, `tune-${jobs}`);
      const varied = VARIED.flatMap((vary) => ["--vary", vary]);
      const args = ["tune", SCENARIO, ...varied, "--set", `time.days=${days}`, "--jobs", String(jobs), "--out", out, "--quiet"];
      runs[jobs].push(await measureCommand(args, folder));
      await rm(out, { recursive: true });
    }
  }
  const seconds = (of: readonly CommandRun[]) =>
    samplesOf(
      of.map(({ wallMs }) => wallMs / 1000),
      3,
    );
  const [one, two] = [seconds(runs[1]), seconds(runs[2])];
  const rate = ({ median }: Samples) => Number((TRIALS / median).toFixed(2));
  return {
    scenario: SCENARIO,
    days,
    trials: TRIALS,
    cores: availableParallelism(),
    one_seconds: one,
    two_seconds: two,
    one_trials_per_second: rate(one),
    two_trials_per_second: rate(two),
  };
}
