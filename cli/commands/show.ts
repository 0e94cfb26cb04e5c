import { type Command, InvalidArgumentError, Option } from "commander";
import type { TenureError } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parseCount, parsePath, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";
import { explainAbsent } from "../usage-command.js";

interface ShowOptions extends OutputOptions {
  readonly hotkey?: string;
  readonly position?: number;
  readonly epoch?: number | "last";
  readonly sort?: string;
  readonly tranches?: true;
  readonly limit: number;
}

export function addShowCommand(program: Command, context: Context): void {
  const command = program
    .command("show")
    .description("show a finished run: its miners, or why one miner is paid what it is")
    .argument("<run-dir>", "folder that `tenure run` wrote", parsePath)
    .option("--hotkey <key>", "explain one miner; the beginning or a part of its hotkey is enough, its coldkey will do, too", parseKey)
    .addOption(new Option("--position <id>", "explain the miner with this position id").argParser(parseCount).conflicts("hotkey"))
    .option(
      "--epoch <n>",
      "of this epoch alone, or of the `last` one (default: miners over the whole run; one miner at its last epoch)",
      parseEpoch,
    )
    .addOption(
      new Option("--sort <column>", "order of the miners: paid, change, vs_recorded, hotkey, ...; with :asc or :desc behind it").conflicts([
        "hotkey",
        "position",
        "tranches",
      ]),
    )
    .option("--tranches", "list the miner's tranches and exits; without a miner, the newest tranches of all")
    .option("--limit <n>", "rows to show of a table", parseCount, 20);
  explainAbsent(
    command,
    "--data",
    "It shows what the run wrote and reads no recordings; `tenure run` and `tenure verify` do, and take --data.",
  );
  withOutputOptions(command)
    .addHelpText(
      "after",
      "\nExamples:\n  $ tenure show runs/demo\n  $ tenure show runs/demo --sort change:asc --limit 5\n  $ tenure show runs/demo --epoch last\n  $ tenure show runs/demo --hotkey miner-007 --tranches\n  $ tenure show runs/tao20-2025 --hotkey desk-1",
    )
    .action((dir: string, options: ShowOptions) => show(dir, options, context));
}

function parseEpoch(text: string): number | "last" {
  if (text === "last") return text;
  if (/^\d+$/.test(text)) return parseCount(text);
  throw new InvalidArgumentError("the number of an epoch, or last");
}

function parseKey(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("a hotkey, a part of one, or a coldkey");
  return text.trim();
}

async function show(dir: string, options: ShowOptions, context: Context): Promise<void> {
  const { openRun } = await import("../../recorders/index.js");
  const run = await openRun(dir);
  const { index } = run.manifest.summary;
  if (index !== null && options.tranches !== true) {
    const one = options.hotkey !== undefined || options.position !== undefined;
    return one ? showParticipant(run, options, context) : showIndex(run, index.netuid, options, context);
  }
  if (options.hotkey !== undefined || options.position !== undefined) return showMiner(run, options, context);
  return options.tranches === true ? showTranches(run, options, context) : showOverview(run, options, context);
}

async function showOverview(run: OpenRun, { epoch, sort, limit, json }: ShowOptions, { terminal }: Context): Promise<void> {
  const { behavioursOf, overviewText, rejectionsText, rulesOf, runOverview } = await import("../../reports/index.js");
  const overview = await runOverview(run, rulesOf(run), { epoch: epoch ?? null, sort, behaviours: behavioursOf(run) });
  if (json === true) {
    terminal.stdout(formatJson(overview));
    return;
  }
  terminal.stdout(overviewText(overview, limit, reportStyle(terminal)));
  const rejected = rejectionsText({ rejections: run.manifest.rejections, tables: run.tables, duckdb: run.duckdbPath });
  if (rejected !== "") terminal.stdout(`\n${rejected}`);
}

/** Without a number it is the last epoch, whether asked for or not. */
function numberOf(epoch: ShowOptions["epoch"]): number | undefined {
  return epoch === "last" ? undefined : epoch;
}

async function showIndex(run: OpenRun, netuid: number, { epoch, sort, limit, json }: ShowOptions, { terminal }: Context): Promise<void> {
  if (sort !== undefined) throw await notSorted(sort);
  const { indexOverview, indexOverviewText } = await import("../../reports/index.js");
  const overview = await indexOverview(run, netuid, numberOf(epoch));
  terminal.stdout(json === true ? formatJson(overview) : indexOverviewText(overview, limit, reportStyle(terminal)));
}

async function showParticipant(run: OpenRun, { hotkey, position, epoch, limit, json }: ShowOptions, { terminal }: Context): Promise<void> {
  const { explainParticipant, participantText, validatorText } = await import("../../reports/index.js");
  const report = await explainParticipant(run, { hotkey, position, epoch: numberOf(epoch) });
  const style = reportStyle(terminal);
  if (json === true) terminal.stdout(formatJson(report));
  else terminal.stdout(report.kind === "validator" ? validatorText(report, limit, style) : participantText(report, limit, style));
}

async function showMiner(run: OpenRun, options: ShowOptions, { terminal }: Context): Promise<void> {
  const { exitsText, explainMiner, minerText, tranchesText } = await import("../../reports/index.js");
  const { hotkey, position, epoch, tranches, limit, json } = options;
  const report = await explainMiner(run, { hotkey, position, epoch: numberOf(epoch) });
  const style = reportStyle(terminal);
  if (json === true) {
    terminal.stdout(formatJson(report));
    return;
  }
  terminal.stdout(minerText(report, style));
  if (tranches === true) {
    terminal.stdout(`\n${tranchesText(report.tranches, { limit }, style)}\n${exitsText(report.exits, { limit }, style)}`);
  }
}

async function showTranches(run: OpenRun, { limit, json }: ShowOptions, { terminal }: Context): Promise<void> {
  const { readNewestTranches, tranchesText } = await import("../../reports/index.js");
  const newest = (await readNewestTranches(run, limit)) ?? { tranches: null, total: 0 };
  const list = { limit, total: newest.total, positions: true };
  terminal.stdout(json === true ? formatJson(newest) : tranchesText(newest.tranches, list, reportStyle(terminal)));
}

/** The participants of an index subnet stand in the order of their rank. */
async function notSorted(found: string): Promise<TenureError> {
  const { TenureError } = await import("../../engine/index.js");
  return new TenureError({
    code: "TEN-REPORT-007",
    what: "The participants of an index subnet are shown by rank, and cannot be sorted otherwise.",
    place: { path: "--sort" },
    found,
    allowed: "a run without an index subnet",
    hint: "Leave --sort out, or use --json or SQL.",
  });
}
