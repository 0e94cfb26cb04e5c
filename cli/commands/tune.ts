import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { ReplicateRange, Shard } from "../../studies/light.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { formatJson } from "../json.js";
import { collect, type OutputOptions, parseCount, parsePath, parseSpan, parseWhole, withOutputOptions } from "../options.js";
import { openProgress } from "../progress.js";
import { parseJobs, parseReplicateRange, parseShardOption } from "../replicate-options.js";
import { reportStyle } from "../report-style.js";
import { UsageError } from "../usage-command.js";

interface TuneOptions extends OutputOptions {
  readonly vary?: readonly string[];
  readonly objective?: readonly string[];
  readonly replicates?: ReplicateRange;
  readonly heldOut?: number;
  readonly trials?: number;
  readonly time?: number;
  readonly jobs?: number;
  readonly shard?: Shard;
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly data?: string;
  readonly out?: string;
  readonly resume?: true;
  readonly fork?: true;
  readonly force?: true;
}

export function addTuneCommand(program: Command, context: Context): void {
  const command = program
    .command("tune")
    .description("try many values of a rule's parameters, show what each comes to, and say what the data can decide")
    .argument("<study>", "a study file, or the name of a shipped study; or a scenario, with --vary", parsePath)
    .option("--vary <path=values>", "what is tried: path=a,b,c or path=from..to:n (n evenly spaced values); can be repeated", collectVary)
    .option(
      "--objective <name>",
      "a figure that is wanted: name, name=min or name=max; can be repeated (default: held_pay_share and pot_moved)",
      collect,
    )
    .option("--replicates <n>", "runs of each trial, the same draws for all, or a range such as 7..9 (default: one)", parseReplicateRange)
    .option("--held-out <n>", "replicates after those, by which nothing is chosen and the choice is judged (default: none)", parseHeldOut)
    .option("--trials <n>", "how many are tried at most (default: all combinations, or what the study says)", parseTrials)
    .option("--time <span>", "begin no trial after so long, such as 10m: what is told is the first trials of the same search", parseSpan)
    .option("--jobs <n>", "trials that run at the same time (default: one a core)", parseJobs)
    .option("--shard <i/n>", "only part i of n; `tenure merge` joins the parts", parseShardOption)
    .option("--set <path=value>", "replace a value of the scenario in all trials; can be repeated", collect)
    .option("--seed <n>", "replace the scenario's seed", parseCount)
    .option("--data <dir>", "folder where relative stream paths start (default: where you are)", parsePath)
    .option("--out <dir>", "folder for the trials (default: runs/<study>, or runs/tune-<scenario>)", parsePath)
    .option("--resume", "only go on with a study that was begun in that folder")
    .option("--fork", "begin beside a folder whose study was changed since, with the trials that still apply")
    .option("--force", "also go on in the folder of another study");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nA trial that fails is told, and the others go on; the exit code is 1 then, as where no trial keeps the limits.\n\nExample:\n  $ tenure tune demo --vary vesting.retention_target=0.5..1:6 --vary vesting.max_multiplier=1.2,1.5,2,3\n  $ tenure tune tune-retention --jobs 2",
    )
    .action((study: string, options: TuneOptions) => tuneStudy(study, options, context));
}

/** An option that holds nothing is refused where it is read; the rest is read with the scenario. */
function collectVary(text: string, previous: readonly string[] = []): readonly string[] {
  if (text.trim() === "") throw new InvalidArgumentError("path=value,value,... or path=from..to:n");
  return [...previous, text];
}

const parseTrials = (text: string): number => parseWhole(text, 1, 100_000);
const parseHeldOut = (text: string): number => parseWhole(text, 0, 100_000);

async function tuneStudy(pathOrName: string, options: TuneOptions, context: Context): Promise<void> {
  const { seed, set, jobs, data, out, shard, resume, fork, force, time, json, quiet } = options;
  const { terminal, interruption } = context;
  const { tune } = await import("../../studies/index.js");
  const plan = await planOf(pathOrName, options);
  const display = openProgress(terminal, { hidden: json === true || quiet === true });
  let tuning: Awaited<ReturnType<typeof tune>>;
  try {
    tuning = await tune({
      out: out ?? join("runs", plan.name),
      plan,
      sets: plan.file === null ? [] : set,
      seed,
      timeMs: time,
      jobs,
      shard,
      data,
      resume,
      fork,
      force,
      signal: interruption.signal,
      onProgress: ({ stage, done, total, unit }) => {
        const scale = unit === "bytes" ? 1e6 : 1;
        display.update({
          label: STAGES[stage],
          done: done / scale,
          total: total === null ? undefined : total / scale,
          unit: unit === "bytes" ? "MB" : unit,
        });
      },
    });
  } finally {
    display.stop();
  }
  await tellTuning(tuning, options, context);
}

const STAGES = {
  checking: "checking recordings",
  replaying: "replaying once",
  simulating: "trials",
  loading: "writing study.duckdb",
} as const;

type Studies = typeof import("../../studies/index.js");

/** What is tuned: by a study file, or by what the command line says of a scenario. */
async function planOf(pathOrName: string, options: TuneOptions): ReturnType<Studies["readStudy"]> {
  const { planOfInput, readStudy, rangeText, studyFileOf } = await import("../../studies/index.js");
  const { replicates, heldOut, trials } = options;
  const more = {
    ...(replicates === undefined ? {} : { replicates: rangeText(replicates) }),
    ...(heldOut === undefined ? {} : { held_out: heldOut }),
    ...(trials === undefined ? {} : { trials }),
  };
  const study = studyFileOf(pathOrName);
  if (study !== null) {
    refuseBesideStudy(options);
    return readStudy(study.text, study.file, more);
  }
  await refuseUnknownName(pathOrName);
  const { openScenario } = await import("../../scenarios/index.js");
  const { parseObjective, parseVary } = await import("../../studies/index.js");
  const { vary = [], objective, set = [], seed } = options;
  const parameters = vary.map(parseVary);
  const objectives = objective?.map(parseObjective);
  const { name, replicate } = openScenario(pathOrName, { sets: set, seed }).with([]).configuration;
  return planOfInput(
    {
      study: `tune-${name}`,
      scenario: pathOrName,
      set: [...set],
      vary: {},
      ...(objectives === undefined ? {} : { objectives: objectives.map(({ name: figure, better }) => ({ figure, better })) }),
      ...(replicates === undefined ? { replicates: `${replicate}..${replicate}` } : {}),
      ...more,
    },
    parameters,
  );
}

/** A bare name may be meant for a study or for a scenario. */
async function refuseUnknownName(pathOrName: string): Promise<void> {
  const { shippedNames } = await import("../../scenarios/index.js");
  if (/[/\\.]/.test(pathOrName) || shippedNames().includes(pathOrName)) return;
  const [{ nearestName, TenureError }, { stat }] = await Promise.all([import("../../engine/index.js"), import("node:fs/promises")]);
  if ((await stat(pathOrName).catch(() => null)) !== null) return;
  const names = [...shippedNames("studies"), ...shippedNames()];
  const nearest = nearestName(pathOrName, names);
  throw new TenureError({
    code: "TEN-TUNE-151",
    what: "There is no such study or scenario.",
    place: { file: pathOrName },
    found: pathOrName,
    allowed: `the path of a YAML file, or one of ${names.join(", ")}`,
    hint:
      nearest === undefined
        ? "Check the path; `tenure studies list` and `tenure scenarios list` tell of the shipped ones."
        : `Did you mean ${nearest}?`,
  });
}

function refuseBesideStudy({ vary, objective }: TuneOptions): void {
  if (vary === undefined && objective === undefined) return;
  throw new UsageError({
    code: "TEN-TUNE-145",
    what: "A study file says itself what is varied and what is wanted.",
    place: { path: vary === undefined ? "--objective" : "--vary" },
    found: (vary ?? objective ?? []).join(" "),
    allowed: "a study file alone, or a scenario with --vary and --objective",
    hint: "Write it into the study file, or give the scenario's name in its place.",
  });
}

/** Prints a tuning, and sets the exit code: 1 where a trial failed or none can be chosen. */
export async function tellTuning(
  tuning: Parameters<typeof import("../../reports/index.js")["tuningReport"]>[0],
  { json, quiet }: OutputOptions,
  context: Context,
): Promise<void> {
  const { tuningReport, tuningText } = await import("../../reports/index.js");
  const { terminal } = context;
  const report = tuningReport(tuning);
  const isPart = report.ended === "shard";
  if (report.trials.some(({ error }) => error !== null) || (report.chosen === null && !isPart)) context.exitCode = EXIT.checkFailed;
  if (json !== true && quiet === true) return;
  terminal.stdout(json === true ? formatJson(report) : tuningText(report, reportStyle(terminal)));
}
