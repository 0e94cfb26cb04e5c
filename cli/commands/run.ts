import { join } from "node:path";
import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { collect, type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";
import { openRunProgress } from "../run-progress.js";

interface RunOptions extends OutputOptions {
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
    .description("run a scenario; write its tables, a DuckDB file and a manifest")
    .argument("<scenario>", "a scenario file, or the name of a shipped one (see: tenure scenarios list)", parsePath)
    .option("--out <dir>", "folder for the results (default: runs/<name of the scenario>)", parsePath)
    .option("--force", "also replace a finished run of another scenario in that folder")
    .option("--data <dir>", "folder where the scenario's relative stream paths start", parsePath)
    .option("--set <path=value>", "replace a value of the scenario; can be repeated", collect)
    .option("--seed <n>", "replace the scenario's seed", parseCount)
    .option("--replicate <n>", "number of the replicate: same scenario, other random numbers", parseCount)
    .option("--audit", "check every total after every event (slow)")
    .option("--no-duckdb", "stop after the Arrow tables");
  withOutputOptions(command)
    .addHelpText("after", "\nExample:\n  $ tenure run demo --set vesting.max_multiplier=2 --out runs/demo-2")
    .action((scenario: string, options: RunOptions) => run(scenario, options, context));
}

async function run(pathOrName: string, options: RunOptions, { terminal, interruption }: Context): Promise<void> {
  const { out, data, set: sets = [], seed, replicate, audit, duckdb, force, json, quiet } = options;
  const { loadScenario } = await import("../../scenarios/index.js");
  const scenario = loadScenario(pathOrName, { sets, seed, replicate });
  const { openRun, runScenario } = await import("../../recorders/index.js");
  const folder = out ?? join("runs", scenario.configuration.name);
  const progress = openRunProgress(terminal, { hidden: json === true || quiet === true });
  let dir: string;
  try {
    const { onProgress } = progress;
    ({ dir } = await runScenario(scenario, {
      out: folder,
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
