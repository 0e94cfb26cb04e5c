import { type GuardReport, guardGithub, guardJson, guardJunit, guardScenario, guardText, PLAIN_STYLE } from "../../reports/index.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { formatJson } from "../json.js";
import { legible } from "../printable.js";
import { replaceFile } from "../replace-file.js";
import { reportStyle } from "../report-style.js";
import { openRunProgress } from "../run-progress.js";
import type { GuardFormat, GuardRunOptions } from "./guard-options.js";
import { isCi, whoAmI } from "./who.js";

/** Runs a guard and prints what it found. */
export async function runGuard(given: string, options: GuardRunOptions, context: Context): Promise<void> {
  const { baseline, tolerance, update, terms, expect, by = whoAmI(), data, set: sets, seed, format, out, json, quiet } = options;
  const { terminal, interruption } = context;
  const isTold = json === true || quiet === true || (format !== "text" && out === undefined);
  const progress = openRunProgress(terminal, { hidden: isTold });
  let report: GuardReport;
  try {
    report = await guardScenario(given, {
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
  if (!report.ok) context.exitCode = EXIT.checkFailed;
  if (out !== undefined) await replaceFile(out, textOf(report, format));
  if (json === true) terminal.stdout(formatJson(guardJson(report)));
  else if (out === undefined && format !== "text") terminal.stdout(textOf(report, format));
  else if (quiet !== true || !report.ok) terminal.stdout(guardText(report, reportStyle(terminal)));
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
