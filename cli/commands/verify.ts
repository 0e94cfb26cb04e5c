import type { Command } from "commander";
import type { VerifyReport } from "../../recorders/index.js";
import type { StudyVerifyReport } from "../../studies/index.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";
import { parseJobs } from "../replicate-options.js";
import { reportStyle } from "../report-style.js";
import { openRunProgress } from "../run-progress.js";

interface VerifyOptions extends OutputOptions {
  readonly data?: string;
  readonly rules?: string;
  readonly replicate?: number;
  readonly jobs?: number;
}

export function addVerifyCommand(program: Command, context: Context): void {
  const command = program
    .command("verify")
    .description("run a finished run again and compare digests; names the first table and row that differ")
    .argument("<run-dir>", "folder that `tenure run` wrote", parsePath)
    .option("--data <dir>", "folder where the scenario's relative stream paths start (default: where the run found them)", parsePath)
    .option("--rules <dir>", "folder where the scenario's paths of rules start (default: where the run found them)", parsePath)
    .option("--replicate <n>", "of many replicates, run only this one again; files are checked of all", parseCount)
    .option("--jobs <n>", "replicates at the same time (default: one a core)", parseJobs);
  withOutputOptions(command)
    .addHelpText("after", "\nExit code 1: something differs.\n\nExample:\n  $ tenure verify runs/demo")
    .action((dir: string, options: VerifyOptions) => verify(dir, options, context));
}

async function verify(dir: string, options: VerifyOptions, context: Context): Promise<void> {
  const { isStudyFolder } = await import("../../recorders/index.js");
  const isOfMany = options.replicate !== undefined || options.jobs !== undefined || (await isStudyFolder(dir));
  return isOfMany ? verifyMany(dir, options, context) : verifyOne(dir, options, context);
}

async function verifyMany(dir: string, options: VerifyOptions, context: Context): Promise<void> {
  const { data, rules, replicate, jobs, json, quiet } = options;
  const [{ verifyStudy }, { studyVerifyText }] = await Promise.all([import("../../studies/index.js"), import("../../reports/index.js")]);
  const { terminal, interruption } = context;
  const progress = openRunProgress(terminal, { hidden: json === true || quiet === true });
  try {
    const { onProgress } = progress;
    const report = await verifyStudy(dir, { data, rules, replicate, jobs, onProgress, signal: interruption.signal });
    progress.stop();
    if (!report.ok) context.exitCode = EXIT.checkFailed;
    if (json === true) terminal.stdout(formatJson(studyVerdict(report)));
    else if (quiet !== true || !report.ok) terminal.stdout(studyVerifyText(report, reportStyle(terminal)));
  } finally {
    progress.stop();
  }
}

/** The report in the names of `--json`. */
function studyVerdict({ changedFiles, changedInputs, duckdbFaults, foreignFiles, ...report }: StudyVerifyReport) {
  return {
    ...report,
    changed_files: changedFiles,
    changed_inputs: changedInputs,
    duckdb_faults: duckdbFaults,
    foreign_files: foreignFiles,
  };
}

async function verifyOne(dir: string, { data, rules, json, quiet }: VerifyOptions, context: Context): Promise<void> {
  const [{ verifyRun }, { verifyText }] = await Promise.all([import("../../recorders/index.js"), import("../../reports/index.js")]);
  const { terminal, interruption } = context;
  const progress = openRunProgress(terminal, { hidden: json === true || quiet === true });
  try {
    const { onProgress } = progress;
    const report = await verifyRun(dir, { data, rules, onProgress, signal: interruption.signal });
    progress.stop();
    if (!report.ok) context.exitCode = EXIT.checkFailed;
    if (json === true) terminal.stdout(formatJson(verdict(report)));
    else if (quiet !== true || !report.ok) terminal.stdout(verifyText(report, reportStyle(terminal)));
  } finally {
    progress.stop();
  }
}

/** The report in the names of `--json`. */
function verdict({ ok, digest, rerunDigest, changedTables, changedInputs, duckdbFaults, foreignFiles, difference, version }: VerifyReport) {
  return {
    ok,
    digest,
    rerun_digest: rerunDigest,
    changed_tables: changedTables,
    changed_inputs: changedInputs,
    duckdb_faults: duckdbFaults,
    foreign_files: foreignFiles,
    first_difference: difference,
    version,
  };
}
