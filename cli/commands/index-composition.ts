import { type Command, InvalidArgumentError } from "commander";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parsePath, parseWhole, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";

const DAY_MS = 86_400_000;
/** As many netuids as there can be. */
const MAX_SIZE = 65_535;
const MAX_DAYS = 3_650;

interface IndexOptions extends OutputOptions {
  /** Days since 1970. */
  readonly date: number;
  readonly size: number;
  readonly days: number;
}

export function addIndexCommand(program: Command, context: Context): void {
  const command = program
    .command("index")
    .description("compose the index of a day from recorded emission rates, and compare it with the published one")
    .argument("<recording>", "folder that `tenure import tao20` wrote", parsePath)
    .requiredOption("--date <day>", "day of the rebalancing, UTC, such as 2025-10-12; part of the window itself", parseDay)
    .option("--size <n>", "how many subnets are in the index", (text: string) => parseWhole(text, 1, MAX_SIZE), 20)
    .option("--days <n>", "how many daily snapshots the weights are the mean of", (text: string) => parseWhole(text, 1, MAX_DAYS), 14);
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nWith --json: rows with `netuid` and `weight`, largest first.\n\nExample:\n  $ tenure index recordings/tao20 --date 2025-10-12",
    )
    .action((recording: string, options: IndexOptions) => composeIndex(recording, options, context));
}

async function composeIndex(recording: string, options: IndexOptions, { terminal, interruption }: Context): Promise<void> {
  const { date: day, size: constituents, days: averagingDays, json } = options;
  const { composeRecordedIndex } = await import("../../recorders/index.js");
  const composed = await composeRecordedIndex(recording, { day, constituents, averagingDays, signal: interruption.signal });
  const { compositionReport, compositionText } = await import("../../reports/index.js");
  const report = compositionReport(composed, { day, averagingDays });
  terminal.stdout(json === true ? formatJson(report.rows) : compositionText(report, reportStyle(terminal)));
}

/** A calendar day as days since 1970. */
function parseDay(text: string): number {
  const timeMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 2025-02-30 for 2025-03-02.
  if (Number.isNaN(timeMs) || timeMs < 0 || new Date(timeMs).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError("a day such as 2025-10-12, from 1970 on");
  }
  return timeMs / DAY_MS;
}
