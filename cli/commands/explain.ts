import { type Command, Option } from "commander";
import type { Context } from "../context.js";
import { collect, type OutputOptions, parseCount, parseEpoch, parseKey, parseNetuid, parsePath, withOutputOptions } from "../options.js";
import { openRunProgress } from "../run-progress.js";
import { UsageError } from "../usage-command.js";

interface ExplainOptions extends OutputOptions {
  readonly hotkey?: string;
  readonly position?: number;
  readonly netuid?: number;
  readonly epoch?: number | "last";
  readonly counterfactual?: readonly string[];
  readonly replicate?: number;
  readonly again: boolean;
  readonly data?: string;
  readonly rules?: string;
  readonly tranches?: true;
  readonly limit: number;
}

export function addExplainCommand(program: Command, context: Context): void {
  const command = program
    .command("explain")
    .description("why one miner was paid what it was: in an epoch every term down to the rao, over the whole run what the pay is made of")
    .argument("<run-dir>", "folder that `tenure run` wrote", parsePath)
    .option(
      "--hotkey <key>",
      "the beginning or a part of its hotkey is enough, its coldkey will do, too; of a closed loop also the name of a validator",
      parseKey,
    )
    .addOption(new Option("--position <id>", "instead: the miner with this position id").argParser(parseCount).conflicts("hotkey"))
    .option("--netuid <n>", "of several subnets with the same hotkeys, or the same validators of a closed loop: on this one", parseNetuid)
    .option("--epoch <n>", "of this epoch, or of the `last` one (default: the whole run)", parseEpoch)
    .option("--counterfactual <path=value>", "run the scenario with this value, too, and show both; can be repeated", collect)
    .option("--replicate <n>", "of many replicates this one", parseCount)
    .option("--no-again", "explain by what the run recorded; do not run again for tables that it lacks")
    .option(
      "--data <dir>",
      "to run again: folder where the scenario's relative stream paths start (default: where the run found them)",
      parsePath,
    )
    .option(
      "--rules <dir>",
      "to run again: folder where the scenario's paths of rules start (default: where the run found them)",
      parsePath,
    )
    .option("--tranches", "of an epoch: list the miner's tranches and exits, too")
    .option("--limit <n>", "rows to show of a table", parseCount, 20);
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\n`tenure show <run-dir> --hotkey <key>` is the same of the last epoch, with --no-again.\n\nExamples:\n  $ tenure explain runs/demo --hotkey miner-007\n  $ tenure explain runs/demo --hotkey miner-007 --epoch 1200\n  $ tenure explain runs/yuma3 --hotkey diligent-1 --epoch 12\n  $ tenure explain runs/demo --hotkey miner-007 --epoch last --counterfactual vesting.retention_target=0.8",
    )
    .action((dir: string, options: ExplainOptions) => explainOf(dir, options, context));
}

async function explainOf(dir: string, options: ExplainOptions, context: Context): Promise<void> {
  const { hotkey, position, replicate, again, data, rules, json, quiet } = options;
  if (hotkey === undefined && position === undefined) throw nobodyNamed();
  const [{ explain }, { openReplicateOrRun, refuseManyReplicates }] = await Promise.all([
    import("../explaining.js"),
    import("../which-replicate.js"),
  ]);
  const run = (await openReplicateOrRun(dir, replicate)) ?? (await refuseManyReplicates(dir, hotkey === undefined ? "position" : "hotkey"));
  const progress = openRunProgress(context.terminal, { hidden: json === true || quiet === true });
  try {
    const { onProgress, stop } = progress;
    const how = { data, rules, onProgress, signal: context.interruption.signal };
    await explain(run, { ...options, recordedOnly: !again }, how, context, stop);
  } finally {
    progress.stop();
  }
}

function nobodyNamed(): UsageError {
  return new UsageError({
    code: "TEN-REPORT-053",
    what: "Whose pay is to be explained must be said.",
    place: { path: "--hotkey" },
    found: "neither --hotkey nor --position",
    allowed: "--hotkey with a hotkey, a part of one, or a coldkey; or --position with its number",
    hint: "`tenure show <run-dir>` lists the miners.",
  });
}
