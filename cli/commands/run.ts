import { join } from "node:path";
import { type Command, Option } from "commander";
import type { Scenario } from "../../scenarios/index.js";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { collect, type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";
import { parseJobs, parseReplicateRange, parseShardOption, type ReplicateOptions, refuseWithoutReplicates } from "../replicate-options.js";
import { reportStyle } from "../report-style.js";
import { openRunProgress } from "../run-progress.js";

interface RunOptions extends OutputOptions, ReplicateOptions {
  readonly out?: string;
  readonly data?: string;
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly replicate?: number;
  readonly audit?: true;
  readonly duckdb: boolean;
  readonly force?: true;
}

export function addRunCommand(program: Command, context: Context): void {
  const command = program
    .command("run")
    .description("run a scenario, once or in many replicates; write its tables, a DuckDB file and a manifest")
    .argument("<scenario>", "a scenario file, or the name of a shipped one (see: tenure scenarios list)", parsePath)
    .option("--out <dir>", "folder for the results (default: runs/<name of the scenario>)", parsePath)
    .option("--force", "also replace a finished run of another scenario in that folder")
    .option("--data <dir>", "folder where the scenario's relative stream paths start", parsePath)
    .option("--set <path=value>", "replace a value of the scenario; can be repeated", collect)
    .option("--seed <n>", "replace the scenario's seed", parseCount)
    .option("--replicate <n>", "number of the replicate: same scenario, other random numbers", parseCount)
    .addOption(
      new Option("--replicates <n|a..b>", "many replicates, and what they amount to: 100 is 0..99; of a range both ends count")
        .argParser(parseReplicateRange)
        .conflicts("replicate"),
    )
    .option("--jobs <n>", "replicates at the same time (default: one a core)", parseJobs)
    .option("--shard <i/n>", "part i of n of the replicates; `tenure merge` joins the parts", parseShardOption)
    .option("--audit", "check every total after every event (slow)")
    .option("--no-duckdb", "stop after the Arrow tables");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nExit code 1: a replicate failed.\n\nExamples:\n  $ tenure run demo --set vesting.max_multiplier=2 --out runs/demo-2\n  $ tenure run demo --replicates 100 --jobs 2 --out runs/demo-100",
    )
    .action((scenario: string, options: RunOptions) => run(scenario, options, context));
}

async function run(pathOrName: string, options: RunOptions, context: Context): Promise<void> {
  refuseWithoutReplicates(options);
  const { set: sets = [], seed, replicate } = options;
  const { loadScenario } = await import("../../scenarios/index.js");
  const scenario = loadScenario(pathOrName, { sets, seed, replicate });
  return options.replicates === undefined ? runOnce(scenario, options, context) : runMany(scenario, options, context);
}

const folderOf = ({ out }: RunOptions, { configuration }: Scenario): string => out ?? join("runs", configuration.name);

async function runOnce(scenario: Scenario, options: RunOptions, { terminal, interruption }: Context): Promise<void> {
  const { data, audit, duckdb, force, json, quiet } = options;
  const { openRun, runScenario } = await import("../../recorders/index.js");
  const progress = openRunProgress(terminal, { hidden: json === true || quiet === true });
  let dir: string;
  try {
    const { onProgress } = progress;
    ({ dir } = await runScenario(scenario, {
      out: folderOf(options, scenario),
      force,
      data,
      duckdb,
      audit,
      onProgress,
      signal: interruption.signal,
    }));
  } finally {
    progress.stop();
  }
  if (json !== true && quiet === true) return;
  const { runSummary, runSummaryText } = await import("../../reports/index.js");
  const summary = await runSummary(await openRun(dir));
  terminal.stdout(json === true ? formatJson(summary) : runSummaryText(summary, reportStyle(terminal)));
}

async function runMany(scenario: Scenario, options: RunOptions, context: Context): Promise<void> {
  const { replicates = { from: 0, to: 0 }, shard, jobs, data, audit, duckdb, force, json, quiet } = options;
  const { runStudy } = await import("../../studies/index.js");
  const { terminal, interruption } = context;
  const progress = openRunProgress(terminal, { hidden: json === true || quiet === true });
  try {
    const { onProgress } = progress;
    const study = await runStudy(scenario, {
      out: folderOf(options, scenario),
      replicates,
      shard,
      jobs,
      data,
      audit,
      duckdb,
      force,
      onProgress,
      signal: interruption.signal,
    });
    progress.stop();
    await (await import("../study-output.js")).writeStudySummary(study, options, context);
  } finally {
    progress.stop();
  }
}
