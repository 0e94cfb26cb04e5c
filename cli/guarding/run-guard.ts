import {
  type GuardReport,
  guardGithub,
  guardJson,
  guardJunit,
  guardScenario,
  guardText,
  PLAIN_STYLE,
  refusedGithub,
  refusedJunit,
} from "../../reports/index.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { type Failure, failureJson, failureOf, failureText } from "../failure.js";
import { formatJson } from "../json.js";
import { refuseInsideResults } from "../outside-results.js";
import { legible } from "../printable.js";
import { reportStyle } from "../report-style.js";
import { openRunProgress } from "../run-progress.js";
import { refuseOtherFile, writeGuardFile } from "./guard-file.js";
import type { GuardFormat, GuardRunOptions } from "./guard-options.js";
import { isCi, whoAmI } from "./who.js";

/** Runs a guard and prints what it found. */
export async function runGuard(given: string, options: GuardRunOptions, context: Context): Promise<void> {
  const { format, out, json, quiet } = options;
  const { terminal } = context;
  if (out !== undefined) {
    await refuseOtherFile(out);
    await refuseInsideResults(out, "--out");
  }
  let report: GuardReport;
  try {
    report = await guarded(given, options, context);
  } catch (error) {
    await tellRefusal(given, await failureOf(error, context), options, context);
    throw error;
  }
  if (!report.ok) context.exitCode = EXIT.checkFailed;
  if (out !== undefined) await writeGuardFile(out, textOf(report, format));
  if (json === true) terminal.stdout(formatJson(guardJson(report)));
  else if (out === undefined && format !== "text") terminal.stdout(textOf(report, format));
  else if (quiet !== true || !report.ok) terminal.stdout(guardText(report, reportStyle(terminal)));
}

async function guarded(given: string, options: GuardRunOptions, { terminal, interruption }: Context): Promise<GuardReport> {
  const { baseline, tolerance, update, terms, expect, by = whoAmI(), data, set: sets, seed, format, out, json, quiet } = options;
  const isTold = json === true || quiet === true || (format !== "text" && out === undefined);
  const progress = openRunProgress(terminal, { hidden: isTold });
  try {
    return await guardScenario(given, {
      sets,
      seed,
      baseline,
      data,
      tolerance,
      expect,
      update,
      terms,
      by,
      isCi: isCi(),
      onProgress: progress.onProgress,
      signal: interruption.signal,
    });
  } finally {
    progress.stop();
  }
}

function textOf(report: GuardReport, format: GuardFormat): string {
  switch (format) {
    case "json":
      return formatJson(guardJson(report));
    case "junit":
      return guardJunit(report);
    case "github":
      return guardGithub(report);
    case "text":
      return guardText(report, { ...PLAIN_STYLE, legible });
  }
}

/**
 * Tells why a guard could not run where what it finds would have been told, beside stderr: who reads only that must not take what an
 * earlier guard left there for this one's.
 */
async function tellRefusal(given: string, failure: Failure, { format, out, json }: GuardRunOptions, { terminal }: Context): Promise<void> {
  if (out !== undefined) await writeGuardFile(out, await refusalText(given, failure, format));
  else if (json !== true && (format === "junit" || format === "github")) terminal.stdout(await refusalText(given, failure, format));
}

async function refusalText(given: string, failure: Failure, format: GuardFormat): Promise<string> {
  switch (format) {
    case "json":
      return formatJson(failureJson(failure));
    case "junit":
      return refusedJunit(given, failure.refusals);
    case "github":
      return refusedGithub(given, failure.refusals);
    case "text":
      return failureText(failure, Number.POSITIVE_INFINITY);
  }
}
