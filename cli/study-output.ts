import { studySummary, studySummaryText } from "../reports/index.js";
import type { OpenStudy } from "../studies/index.js";
import type { Context } from "./context.js";
import { EXIT } from "./exit-codes.js";
import { formatJson } from "./json.js";
import type { OutputOptions } from "./options.js";
import { reportStyle } from "./report-style.js";

/** Prints what many replicates amount to; the exit code says whether one failed, which is told also with `--quiet`. */
export async function writeStudySummary(study: OpenStudy, { json, quiet }: OutputOptions, context: Context): Promise<void> {
  const { terminal } = context;
  const hasFailed = study.manifest.replicates.some(({ status }) => status === "failed");
  if (hasFailed) context.exitCode = EXIT.checkFailed;
  if (json !== true && quiet === true && !hasFailed) return;
  const summary = await studySummary(study);
  terminal.stdout(json === true ? formatJson(summary) : studySummaryText(summary, reportStyle(terminal)));
}
