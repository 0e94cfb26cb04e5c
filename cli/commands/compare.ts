import { join } from "node:path";
import type { Command } from "commander";
import type { ReportStyle } from "../../reports/index.js";
import type { ReplicateRange } from "../../studies/light.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { formatJson } from "../json.js";
import { collect, type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";
import { parseJobs, parseReplicateRange } from "../replicate-options.js";
import { reportStyle } from "../report-style.js";
import { openRunProgress } from "../run-progress.js";

interface CompareOptions extends OutputOptions {
  readonly top: number;
  readonly replicates?: ReplicateRange;
  readonly jobs?: number;
  readonly set?: readonly string[];
  readonly setA?: readonly string[];
  readonly setB?: readonly string[];
  readonly seed?: number;
  readonly data?: string;
  readonly out?: string;
  readonly force?: true;
  readonly duckdb: boolean;
}

export function addCompareCommand(program: Command, context: Context): void {
  const command = program
    .command("compare")
    .description("compare two runs, or two scenarios over many replicates: what a change does, to whom, and whether it is luck")
    .argument("<a>", "folder of a finished run or of replicates, or a scenario: a file, or the name of a shipped one", parsePath)
    .argument("<b>", "what it is compared with, of the same kind", parsePath)
    .option("--top <n>", "how many winners and losers to list", parseCount, 10)
    .option(
      "--replicates <n>",
      "of scenarios: how many pairs of replicates, or a range of numbers such as 7..9 (default: one)",
      parseReplicateRange,
    )
    .option("--jobs <n>", "of scenarios: replicates that run at the same time (default: one a core)", parseJobs)
    .option("--set <path=value>", "of scenarios: replace a value of both; can be repeated", collect)
    .option("--set-a <path=value>", "of scenarios: replace a value of a alone; can be repeated", collect)
    .option("--set-b <path=value>", "of scenarios: replace a value of b alone; can be repeated", collect)
    .option("--seed <n>", "of scenarios: replace the seed of both", parseCount)
    .option("--data <dir>", "of scenarios: folder where their relative stream paths start", parsePath)
    .option("--out <dir>", "of scenarios: folder for the results (default: runs/compare-<a>-<b>, by their names)", parsePath)
    .option("--force", "of scenarios: also replace a finished comparison of others in that folder")
    .option("--no-duckdb", "of scenarios: stop after the Arrow tables");
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nThat two differ is no failure: the exit code is 0. It is 1 where replicates failed and were left out.\n\nExamples:\n  $ tenure compare runs/demo runs/demo-2\n  $ tenure compare demo demo --set-b vesting.max_multiplier=2 --replicates 30",
    )
    .action((a: string, b: string, options: CompareOptions) => compare(a, b, options, context));
}

async function compare(a: string, b: string, options: CompareOptions, context: Context): Promise<void> {
  const { oneKind } = await import("../../studies/index.js");
  const kind = await oneKind(a, b);
  if (kind === "scenario") return compareTwoScenarios(a, b, options, context);
  await refuseScenarioOptions(options);
  return kind === "run" ? compareTwoRuns(a, b, options, context) : compareTwoStudies(a, b, options, context);
}

/** Prints a report as JSON, or as text where it is not to be quiet. */
function print<Report>(
  report: Report,
  text: (report: Report, style: ReportStyle) => string,
  { json }: OutputOptions,
  { terminal }: Context,
): void {
  terminal.stdout(json === true ? formatJson(report) : text(report, reportStyle(terminal)));
}

async function compareTwoRuns(a: string, b: string, options: CompareOptions, context: Context): Promise<void> {
  const [{ openRun }, { runComparison, runComparisonText }] = await Promise.all([
    import("../../recorders/index.js"),
    import("../../reports/index.js"),
  ]);
  const report = await runComparison(await openRun(a), await openRun(b), { top: options.top, signal: context.interruption.signal });
  print(report, runComparisonText, options, context);
}

async function compareTwoStudies(a: string, b: string, options: CompareOptions, context: Context): Promise<void> {
  const [{ compareStudies, openStudy }, { pairedStageShifts, pairsComparison, pairsComparisonText }] = await Promise.all([
    import("../../studies/index.js"),
    import("../../reports/index.js"),
  ]);
  const [studyA, studyB] = [await openStudy(a), await openStudy(b)];
  const comparison = await compareStudies(studyA, studyB, { signal: context.interruption.signal });
  const stages = await pairedStageShifts(studyA, studyB, comparison.pairs, context.interruption.signal);
  const sideOf = ({ dir, manifest: { scenario } }: typeof studyA) => ({ scenario: scenario.name, dir });
  const report = pairsComparison({ out: null, duckdb: null, a: sideOf(studyA), b: sideOf(studyB) }, comparison, {
    top: options.top,
    stages,
  });
  if (report.failed_a.length + report.failed_b.length > 0) context.exitCode = EXIT.checkFailed;
  print(report, pairsComparisonText, options, context);
}

async function compareTwoScenarios(a: string, b: string, options: CompareOptions, context: Context): Promise<void> {
  const { set = [], setA = [], setB = [], seed, replicates, jobs, data, out, force, duckdb, json, quiet } = options;
  const { terminal, interruption } = context;
  const { loadScenario } = await import("../../scenarios/index.js");
  const [scenarioA, scenarioB] = [loadScenario(a, { sets: [...set, ...setA], seed }), loadScenario(b, { sets: [...set, ...setB], seed })];
  const [nameA, nameB] = [scenarioA, scenarioB].map(({ configuration }) => configuration.name);
  const { compareScenarios, openStudy } = await import("../../studies/index.js");
  const { replicate } = scenarioA.configuration;
  const progress = openRunProgress(terminal, { hidden: json === true || quiet === true });
  let compared: Awaited<ReturnType<typeof compareScenarios>>;
  try {
    compared = await compareScenarios(scenarioA, scenarioB, {
      out: out ?? join("runs", `compare-${nameA}-${nameB}`),
      replicates: replicates ?? { from: replicate, to: replicate },
      jobs,
      data,
      force,
      duckdb,
      onProgress: progress.onProgress,
      signal: interruption.signal,
    });
  } finally {
    progress.stop();
  }
  const { dir, duckdbPath, comparison } = compared;
  const { pairedStageShifts, pairsComparison, pairsComparisonText } = await import("../../reports/index.js");
  const [studyA, studyB] = [await openStudy(join(dir, "a")), await openStudy(join(dir, "b"))];
  const stages = await pairedStageShifts(studyA, studyB, comparison.pairs, interruption.signal);
  const sides = { out: dir, duckdb: duckdbPath, a: { scenario: nameA, dir: studyA.dir }, b: { scenario: nameB, dir: studyB.dir } };
  const report = pairsComparison(sides, comparison, { top: options.top, stages });
  if (report.failed_a.length + report.failed_b.length > 0) context.exitCode = EXIT.checkFailed;
  if (json !== true && quiet === true) return;
  print(report, pairsComparisonText, options, context);
}

/** Finished folders are compared as they are. */
async function refuseScenarioOptions(options: CompareOptions): Promise<void> {
  const { replicates, jobs, set, setA, setB, seed, data, out, force, duckdb } = options;
  const given = {
    "--replicates": replicates,
    "--jobs": jobs,
    "--set": set,
    "--set-a": setA,
    "--set-b": setB,
    "--seed": seed,
    "--data": data,
    "--out": out,
    "--force": force,
    "--no-duckdb": duckdb ? undefined : true,
  };
  const found = Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (found.length === 0) return;
  const { TenureError } = await import("../../engine/index.js");
  throw new TenureError({
    code: "TEN-COMPARE-008",
    what: "Finished folders are compared as they are: nothing is run, and nothing is written.",
    place: { path: found[0] },
    found: found.join(", "),
    allowed: "--top, --json, --quiet",
    hint: "Leave it out, or give two scenarios.",
  });
}
