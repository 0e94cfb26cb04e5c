import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { PartContext } from "../part-context.js";
import { type CommandSamples, commandSamples } from "./command-samples.js";
import { type CommandRun, measureCommand } from "./measure-command.js";

const SCENARIO = "tao20-crash";
const SAMPLES_A_DAY = 720;
const SUBNETS = 128;

export interface IndexResult extends CommandSamples {
  readonly scenario: string;
  readonly days: number;
  readonly price_observations: number;
}

/** An index subnet end to end, as large as the recorded month: 128 subnets, 40 participants, 12 validators, hourly epochs. */
export async function measureIndex({ folder, quick, progress }: PartContext): Promise<IndexResult> {
  const days = quick ? 5 : 30;
  const size = [`time.days=${days}`, `streams.0.subnets=${SUBNETS}`, "index.participants.0.count=30", "index.validators.0.count=9"].flatMap(
    (one) => ["--set", one],
  );
  const rounds = quick ? 1 : 5;
  const runs: CommandRun[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`index: round ${round} of ${rounds}, tenure run ${SCENARIO} over ${days} days`);
    const out = join(folder, `index-${round}`);
    runs.push(await measureCommand(["run", SCENARIO, ...size, "--out", out, "--quiet"], folder));
    await rm(out, { recursive: true });
  }
  return { scenario: SCENARIO, days, price_observations: days * SAMPLES_A_DAY * SUBNETS, ...commandSamples(runs) };
}
