import type { Command } from "commander";
import type { Context } from "../context.js";
import { type OutputOptions, parsePath, withOutputOptions } from "../options.js";
import { openRunProgress } from "../run-progress.js";

interface MergeOptions extends OutputOptions {
  readonly out: string;
  readonly duckdb: boolean;
  readonly force?: true;
}

export function addMergeCommand(program: Command, context: Context): void {
  const command = program
    .command("merge")
    .description("join the parts that `tenure run --replicates --shard` or `tenure tune --shard` made into the whole, byte for byte")
    .argument("<dirs...>", "folders of all the parts", parsePaths)
    .requiredOption("--out <dir>", "folder for the whole", parsePath)
    .option("--force", "also replace finished results of another scenario in that folder")
    .option("--no-duckdb", "stop after the Arrow tables");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nExit code 1: a replicate failed.\n\nExample:\n  $ tenure run demo --replicates 100 --shard 1/2 --out runs/part-1\n  $ tenure run demo --replicates 100 --shard 2/2 --out runs/part-2\n  $ tenure merge runs/part-1 runs/part-2 --out runs/demo-100",
    )
    .action((dirs: readonly string[], options: MergeOptions) => merge(dirs, options, context));
}

/** Called for each of them. */
function parsePaths(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, parsePath(text)];
}

async function merge(dirs: readonly string[], options: MergeOptions, context: Context): Promise<void> {
  const { out, duckdb, force, json, quiet } = options;
  const { isTuning, mergeStudies, mergeTunings } = await import("../../studies/index.js");
  const { terminal, interruption } = context;
  if (await isTuning(dirs[0])) {
    const tuning = await mergeTunings(dirs, { out, force, signal: interruption.signal });
    await (await import("./tune.js")).tellTuning(tuning, options, context);
    return;
  }
  const progress = openRunProgress(terminal, { hidden: json === true || quiet === true });
  try {
    const { onProgress } = progress;
    const study = await mergeStudies(dirs, { out, duckdb, force, onProgress, signal: interruption.signal });
    progress.stop();
    await (await import("../study-output.js")).writeStudySummary(study, options, context);
  } finally {
    progress.stop();
  }
}
