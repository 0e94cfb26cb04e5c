import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type CommandRun, measureCommand } from "../command/measure-command.js";
import type { PartContext } from "../part-context.js";
import { type Samples, samplesOf } from "../samples.js";
import { measureOverhead, type StageOverhead } from "./stage-overhead.js";

const SCENARIO = "subnet-year";
const LIST =
  "stages=[{ curve: { kind: exponential, rate: 2 } }, { multiplier: { rule: geometric, retention_target: 0.9, max_multiplier: 1.5 } }, { residual: burn }]";
/** The same pots, shared by `vesting` alone or by a list. */
const VARIANTS = { vesting: [], list: ["--set", LIST] } as const;
type Variant = keyof typeof VARIANTS;

export interface StagesResult extends Readonly<Record<Variant, Samples>> {
  readonly scenario: string;
  /** Wall time with the list over that without, by the medians. */
  readonly ratio: number;
  readonly overhead: readonly StageOverhead[];
}

/** What a list of stages costs: a stage beside its formula, and a list in `tenure run subnet-year` under redistribute. */
export async function measureStages({ folder, quick, progress }: PartContext): Promise<StagesResult> {
  progress("stages: a stage beside its formula");
  const overhead = measureOverhead(quick ? 200 : 4_000, quick ? 1 : 9);
  const runs: Record<Variant, CommandRun[]> = { vesting: [], list: [] };
  const rounds = quick ? 1 : 5;
  for (let round = 1; round <= rounds; round++) {
    for (const variant of Object.keys(VARIANTS) as Variant[]) {
      progress(`stages: round ${round} of ${rounds}, tenure run ${SCENARIO} by ${variant}`);
      const out = join(folder, `${variant}-${round}`);
      const args = ["run", SCENARIO, "--set", "emission=redistribute", ...VARIANTS[variant], "--no-duckdb", "--out", out, "--quiet"];
      runs[variant].push(await measureCommand(args, folder));
      await rm(out, { recursive: true });
    }
  }
  const [vesting, list] = [runs.vesting, runs.list].map((all) =>
    samplesOf(
      all.map(({ wallMs }) => wallMs / 1000),
      3,
    ),
  );
  return { scenario: SCENARIO, vesting, list, ratio: Number((list.median / vesting.median).toFixed(3)), overhead };
}
