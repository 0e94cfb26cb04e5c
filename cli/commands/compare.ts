import type { Command } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";

interface CompareOptions extends OutputOptions {
  readonly top: number;
}

export function addCompareCommand(program: Command, context: Context): void {
  const command = program
    .command("compare")
    .description("compare two finished runs: where they part first, what it comes to, who gains and who loses")
    .argument("<a>", "folder that `tenure run` wrote", parsePath)
    .argument("<b>", "the other one", parsePath)
    .option("--top <n>", "how many winners and losers to list", parseCount, 10);
  withOutputOptions(command)
    .addHelpText("after", "\nThat runs differ is no failure: the exit code is 0.\n\nExample:\n  $ tenure compare runs/demo runs/demo-2")
    .action((a: string, b: string, options: CompareOptions) => compare(a, b, options, context));
}

async function compare(a: string, b: string, { top, json }: CompareOptions, { terminal, interruption }: Context): Promise<void> {
  const [{ openRun }, { runComparison, runComparisonText }] = await Promise.all([
    import("../../recorders/index.js"),
    import("../../reports/index.js"),
  ]);
  const report = await runComparison(await openRun(a), await openRun(b), { top, signal: interruption.signal });
  terminal.stdout(json === true ? formatJson(report) : runComparisonText(report, reportStyle(terminal)));
}
