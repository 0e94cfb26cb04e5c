import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type CommandRun, measureCommand } from "../command/measure-command.js";
import { packageRoot } from "../package-root.js";
import type { PartContext } from "../part-context.js";
import { type Samples, samplesOf } from "../samples.js";
import type { LoopRun } from "./loop-run.js";
import type { Profile, ProfileLine } from "./profile.js";

const execute = promisify(execFile);
const SCENARIO = "vesting-mixed";
/** Groups of `SCENARIO`, and how many miners each has. */
const GROUPS = [60, 40, 30, 40, 16, 10, 16, 16, 16, 4, 4, 4];
const MINERS = GROUPS.reduce((sum, count) => sum + count, 0);
/** Populations that are compared, as multiples of it; the larger has 10,000 agents. */
const CROWDS = { small: 4, large: 40 } as const;
/** The compiler of Node works from what it saw before. */
const WARM_UP_RUNS = 2;
const JOBS_REPLICATES = 8;

export interface ClosedLoopResult {
  readonly scenario: string;
  readonly decisions: number;
  /** CPU of a replicate, after start. */
  readonly replicate_seconds: Samples;
  /** Of agents' decisions without what their orders take. */
  readonly decisions_per_second: Samples;
  readonly profile: readonly ProfileLine[];
  readonly crowd: { readonly agents: number; readonly cpu_seconds: Samples; readonly per_decision_to_smaller: number };
  /** Wall time of `JOBS_REPLICATES` replicates; `ratio` is that of one job over that of two. */
  readonly jobs: { readonly cores: number; readonly one_seconds: Samples; readonly two_seconds: Samples; readonly ratio: number };
}

/** Replicates of a subnet whose miners decide: one after the other in one process, a crowd of 10,000, and one job against two. */
export async function measureClosedLoop({ folder, quick, progress }: PartContext): Promise<ClosedLoopResult> {
  const rounds = quick ? 1 : 5;
  const days = quick ? ["time.days=20"] : [];
  const replicates: LoopRun[] = [];
  const profiles: Profile[] = [];
  const crowds: Record<keyof typeof CROWDS, LoopRun[]> = { small: [], large: [] };
  const jobs: Record<1 | 2, CommandRun[]> = { 1: [], 2: [] };
  for (let round = 1; round <= rounds; round++) {
    progress(`closed_loop: round ${round} of ${rounds}, replicates of ${SCENARIO}`);
    replicates.push(...(await loopRuns(WARM_UP_RUNS, 3, days)).runs);
    const { runs, profile } = await loopRuns(WARM_UP_RUNS, 3, days, true);
    profiles.push({ ...profile, decidingMs: profile.decidingMs / runs.length });
    for (const crowd of Object.keys(CROWDS) as (keyof typeof CROWDS)[]) {
      progress(`closed_loop: round ${round} of ${rounds}, ${CROWDS[crowd] * MINERS} agents`);
      crowds[crowd].push(...(await loopRuns(1, 1, crowdOf(CROWDS[crowd], quick ? 1 : 5))).runs);
    }
    for (const count of [1, 2] as const) {
      progress(`closed_loop: round ${round} of ${rounds}, ${JOBS_REPLICATES} replicates by ${count} ${count === 1 ? "job" : "jobs"}`);
      jobs[count].push(await timedJobs(folder, count, days));
    }
  }
  const { decisions } = replicates[0];
  const seconds = (of: readonly LoopRun[]) =>
    samplesOf(
      of.map(({ cpuMs }) => cpuMs / 1000),
      3,
    );
  const wall = (of: readonly CommandRun[]) =>
    samplesOf(
      of.map(({ wallMs }) => wallMs / 1000),
      3,
    );
  const [one, two] = [wall(jobs[1]), wall(jobs[2])];
  return {
    scenario: SCENARIO,
    decisions,
    replicate_seconds: seconds(replicates),
    decisions_per_second: samplesOf(
      profiles.map(({ decidingMs }) => (decisions / decidingMs) * 1000),
      0,
    ),
    profile: profiles[0].top,
    crowd: {
      agents: CROWDS.large * MINERS,
      cpu_seconds: seconds(crowds.large),
      per_decision_to_smaller: Number((perDecision(crowds.large) / perDecision(crowds.small)).toFixed(2)),
    },
    jobs: { cores: availableParallelism(), one_seconds: one, two_seconds: two, ratio: Number((one.median / two.median).toFixed(2)) },
  };
}

async function loopRuns(
  warmUp: number,
  runs: number,
  sets: readonly string[],
  profiles = false,
): Promise<{ runs: LoopRun[]; profile: Profile }> {
  const program = join(packageRoot(), "dist/bench/closed-loop/main.js");
  const args = [program, SCENARIO, String(warmUp), String(runs), ...(profiles ? ["--profile"] : []), ...sets];
  const lines = (await execute(process.execPath, args)).stdout.trim().split("\n");
  const told = lines.map((line) => JSON.parse(line));
  return { runs: told.slice(0, runs), profile: told[runs] };
}

/** So many times the miners of the scenario, over some days. */
function crowdOf(times: number, days: number): string[] {
  return [
    `time.days=${days}`,
    `subnet.capacity=${times * MINERS}`,
    ...GROUPS.map((count, i) => `closed_loop.miners.${i}.count=${count * times}`),
  ];
}

async function timedJobs(folder: string, jobs: number, sets: readonly string[]): Promise<CommandRun> {
  const out = join(folder, `jobs-${jobs}`);
  const given = sets.flatMap((set) => ["--set", set]);
  const args = ["run", SCENARIO, ...given, "--replicates", String(JOBS_REPLICATES), "--jobs", String(jobs)];
  const run = await measureCommand([...args, "--no-duckdb", "--out", out, "--quiet"], folder);
  await rm(out, { recursive: true });
  return run;
}

function perDecision(runs: readonly LoopRun[]): number {
  return samplesOf(
    runs.map(({ cpuMs, decisions }) => cpuMs / decisions),
    9,
  ).median;
}
