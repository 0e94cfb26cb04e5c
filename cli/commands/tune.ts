import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { ReplicateRange } from "../../studies/light.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { formatJson } from "../json.js";
import { collect, type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";
import { openProgress } from "../progress.js";
import { parseJobs, parseReplicateRange } from "../replicate-options.js";
import { reportStyle } from "../report-style.js";

interface TuneOptions extends OutputOptions {
  readonly vary?: readonly string[];
  readonly objective?: readonly string[];
  readonly replicates?: ReplicateRange;
  readonly jobs?: number;
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly data?: string;
  readonly out?: string;
  readonly force?: true;
}

export function addTuneCommand(program: Command, context: Context): void {
  const command = program
    .command("tune")
    .description("try many values of a rule's parameters, show what each comes to, and say what the data can decide")
    .argument("<scenario>", "a scenario file, or the name of a shipped one", parsePath)
    .option("--vary <path=values>", "what is tried: path=a,b,c or path=from..to:n (n evenly spaced values); can be repeated", collectVary)
    .option(
      "--objective <name>",
      "a figure that is wanted: name, name=min or name=max; can be repeated (default: held_pay_share and pot_moved)",
      collect,
    )
    .option("--replicates <n>", "runs of each trial, the same draws for all, or a range such as 7..9 (default: one)", parseReplicateRange)
    .option("--jobs <n>", "trials that run at the same time (default: one a core)", parseJobs)
    .option("--set <path=value>", "replace a value of the scenario; can be repeated", collect)
    .option("--seed <n>", "replace the scenario's seed", parseCount)
    .option("--data <dir>", "folder where relative stream paths start (default: where you are)", parsePath)
    .option("--out <dir>", "folder for the trials (default: runs/tune-<scenario>, by its name)", parsePath)
    .option("--force", "also go on in the folder of a tuning of another scenario");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nA trial that fails is told, and the others go on; the exit code is 1 then.\n\nExample:\n  $ tenure tune demo --vary vesting.retention_target=0.5..1:6 --vary vesting.max_multiplier=1.2,1.5,2,3",
    )
    .action((scenario: string, options: TuneOptions) => tuneScenario(scenario, options, context));
}

/** An option that holds nothing is refused where it is read; the rest is read with the scenario. */
function collectVary(text: string, previous: readonly string[] = []): readonly string[] {
  if (text.trim() === "") throw new InvalidArgumentError("path=value,value,... or path=from..to:n");
  return [...previous, text];
}

async function tuneScenario(scenario: string, options: TuneOptions, context: Context): Promise<void> {
  const { vary = [], objective, set, seed, replicates, jobs, data, out, force, json, quiet } = options;
  const { terminal, interruption } = context;
  const [{ loadScenario }, { parseObjective, parseVary, tune }] = await Promise.all([
    import("../../scenarios/index.js"),
    import("../../studies/index.js"),
  ]);
  const parameters = vary.map(parseVary);
  const objectives = objective?.map(parseObjective);
  const load = (overrides: readonly { readonly text: string; readonly given: string }[]) =>
    loadScenario(scenario, { sets: set, seed, overrides });
  const { name, replicate } = load([]).configuration;
  const display = openProgress(terminal, { hidden: json === true || quiet === true });
  let tuning: Awaited<ReturnType<typeof tune>>;
  try {
    tuning = await tune({
      out: out ?? join("runs", `tune-${name}`),
      load,
      parameters,
      objectives,
      replicates: replicates ?? { from: replicate, to: replicate },
      jobs,
      data,
      force,
      signal: interruption.signal,
      onProgress: ({ stage, done, total, unit }) => {
        const scale = unit === "bytes" ? 1e6 : 1;
        display.update({
          label: stage === "checking" ? "checking recordings" : "trials",
          done: done / scale,
          total: total === null ? undefined : total / scale,
          unit: unit === "bytes" ? "MB" : unit,
        });
      },
    });
  } finally {
    display.stop();
  }
  if (tuning.trials.some(({ values }) => values === null)) context.exitCode = EXIT.checkFailed;
  if (json !== true && quiet === true) return;
  const { tuningReport, tuningText } = await import("../../reports/index.js");
  const report = tuningReport(tuning);
  terminal.stdout(json === true ? formatJson(report) : tuningText(report, reportStyle(terminal)));
}
