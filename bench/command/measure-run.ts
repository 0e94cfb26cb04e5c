import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { PartContext } from "../part-context.js";
import { type CommandSamples, commandSamples } from "./command-samples.js";
import { type CommandRun, measureCommand } from "./measure-command.js";

const SCENARIO = "subnet-year";
/** Ways to run it, in turns. */
const VARIANTS = { arrow_and_duckdb: [], arrow_only: ["--no-duckdb"] } as const;
type Variant = keyof typeof VARIANTS;

export type RunResult = Readonly<Record<Variant, CommandSamples>> & { readonly scenario: string };

/** `tenure run subnet-year` end to end: start of the process to its end, results on disk. */
export async function measureRun({ folder, quick, progress }: PartContext): Promise<RunResult> {
  const variants = Object.keys(VARIANTS) as Variant[];
  const rounds = quick ? 1 : 5;
  const runs: Record<Variant, CommandRun[]> = { arrow_and_duckdb: [], arrow_only: [] };
  for (let round = 1; round <= rounds; round++) {
    for (const variant of variants) {
      const args = ["run", SCENARIO, ...VARIANTS[variant]];
      progress(`run: round ${round} of ${rounds}, tenure ${args.join(" ")}`);
      const out = join(folder, `${variant}-${round}`);
      runs[variant].push(await measureCommand([...args, "--out", out, "--quiet"], folder));
      await rm(out, { recursive: true });
    }
  }
  return {
    scenario: SCENARIO,
    arrow_and_duckdb: commandSamples(runs.arrow_and_duckdb),
    arrow_only: commandSamples(runs.arrow_only),
  };
}
