import type { Command } from "commander";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, parseTokens, withOutputOptions } from "../options.js";
import { openProgress } from "../progress.js";
import { reportStyle } from "../report-style.js";

interface CheckCommandOptions extends OutputOptions {
  readonly epochBound?: number;
}

export function addRecordCheckCommand(group: Command, context: Context): void {
  const command = group
    .command("check")
    .description("check a recording: its files, that no block is missing, and that every balance and every epoch adds up")
    .argument("<dir>", "folder that `tenure record` wrote", parsePath)
    .option("--epoch-bound <alpha>", "how much more an epoch may have recorded than the chain says it paid (default: 0.1)", parseTokens);
  withOutputOptions(command)
    .addHelpText("after", "\nExit code 1: something is not in order.\n\nExample:\n  $ tenure record check recordings/subnet-30")
    // Options that both commands have are taken by the outer one, wherever they stand.
    .action((dir: string, _: CheckCommandOptions, self: Command) => check(dir, self.optsWithGlobals<CheckCommandOptions>(), context));
}

async function check(dir: string, { json, quiet, epochBound }: CheckCommandOptions, context: Context): Promise<void> {
  const { terminal, interruption } = context;
  const { checkRecording } = await import("../../recorders/index.js");
  const progress = openProgress(terminal, { hidden: json === true || quiet === true });
  try {
    const report = await checkRecording(dir, {
      signal: interruption.signal,
      ...(epochBound === undefined ? {} : { epochBoundRao: epochBound }),
      onProgress: ({ stage, done, total }) => {
        const unit = stage === "checking files" ? { name: "MB", size: 1e6 } : { name: "rows", size: 1 };
        progress.update({ label: stage, done: done / unit.size, total: total / unit.size, unit: unit.name });
      },
    });
    progress.stop();
    if (json === true) {
      const { chain, ...rest } = report;
      terminal.stdout(formatJson({ ...rest, chain: { ...chain, chunks: chain.chunks.length } }));
    } else if (quiet !== true || !report.ok) {
      const { recordCheckText } = await import("../../reports/index.js");
      terminal.stdout(recordCheckText(report, reportStyle(terminal)));
    }
    if (!report.ok) context.exitCode = EXIT.checkFailed;
  } finally {
    progress.stop();
  }
}
