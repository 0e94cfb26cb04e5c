import { type Command, Option } from "commander";
import type { TenureError } from "../../engine/index.js";
import type { OpenRun } from "../../recorders/index.js";
import type { SubnetOverview } from "../../reports/index.js";
import type { Context } from "../context.js";
import { formatJson } from "../json.js";
import { type OutputOptions, parseCount, parseEpoch, parseKey, parsePath, withOutputOptions } from "../options.js";
import { reportStyle } from "../report-style.js";
import { explainAbsent } from "../usage-command.js";

interface ShowOptions extends OutputOptions {
  readonly hotkey?: string;
  readonly position?: number;
  readonly replicate?: number;
  readonly epoch?: number | "last";
  readonly sort?: string;
  readonly tranches?: true;
  readonly limit: number;
}

export function addShowCommand(program: Command, context: Context): void {
  const command = program
    .command("show")
    .description("show a finished run: its miners, or why one miner is paid what it is; of many replicates, what they amount to")
    .argument("<run-dir>", "folder that `tenure run` wrote", parsePath)
    .option(
      "--hotkey <key>",
      "explain one miner, as `tenure explain` does; the beginning or a part of its hotkey is enough, its coldkey will do, too",
      parseKey,
    )
    .addOption(new Option("--position <id>", "explain the miner with this position id").argParser(parseCount).conflicts("hotkey"))
    .option("--replicate <n>", "of many replicates this one", parseCount)
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
      "\nExamples:\n  $ tenure show runs/demo\n  $ tenure show runs/demo --sort change:asc --limit 5\n  $ tenure show runs/demo --epoch last\n  $ tenure show runs/demo --hotkey miner-007 --tranches\n  $ tenure show runs/tao20-2025 --hotkey desk-1\n  $ tenure show runs/demo-100 --replicate 7",
    )
    .action((dir: string, options: ShowOptions) => show(dir, options, context));
}

async function show(dir: string, options: ShowOptions, context: Context): Promise<void> {
  const run = await runOf(dir, options, context);
  if (run === null) return;
  const one = options.hotkey !== undefined || options.position !== undefined;
  if (one) {
    const { explain } = await import("../explaining.js");
    return explain(run, { ...options, epoch: options.epoch ?? "last", recordedOnly: true }, {}, context);
  }
  if (options.tranches === true) return showTranches(run, options, context);
  const { indexNetuidOf } = await import("../../reports/index.js");
  const netuid = indexNetuidOf(run);
  return netuid === null ? showOverview(run, options, context) : showIndex(run, netuid, options, context);
}

/** The run that is to be shown. Null: the folder holds many, none is asked for, and what they amount to was shown. */
async function runOf(dir: string, options: ShowOptions, context: Context): Promise<OpenRun | null> {
  const { openReplicateOrRun, refuseManyReplicates } = await import("../which-replicate.js");
  const run = await openReplicateOrRun(dir, options.replicate);
  if (run !== null) return run;
  const asked = (["hotkey", "position", "epoch", "sort", "tranches"] as const).find((name) => options[name] !== undefined);
  if (asked !== undefined) return refuseManyReplicates(dir, asked);
  const { openStudy } = await import("../../studies/index.js");
  const { writeStudySummary } = await import("../study-output.js");
  await writeStudySummary(await openStudy(dir), { ...options, quiet: undefined }, context);
  return null;
}

async function showOverview(run: OpenRun, { epoch, sort, limit, json }: ShowOptions, context: Context): Promise<void> {
  const { behavioursOf, rulesOf, runOverview, runStages } = await import("../../reports/index.js");
  const overview = await runOverview(run, rulesOf(run), { epoch: epoch ?? null, sort, behaviours: behavioursOf(run) });
  if (json === true) {
    const stages = await runStages(run);
    context.terminal.stdout(formatJson(overview.map((subnet) => ({ ...subnet, stages }))));
  } else await writeMiners(run, overview, limit, context);
}

async function writeMiners(run: OpenRun, subnets: readonly SubnetOverview[], limit: number, { terminal }: Context): Promise<void> {
  const { overviewText, rejectionsText, runStages, runStagesText } = await import("../../reports/index.js");
  const style = reportStyle(terminal);
  terminal.stdout(overviewText(subnets, limit, style));
  const stages = runStagesText(await runStages(run), style);
  if (stages !== "") terminal.stdout(`\n${stages}`);
  const rejected = rejectionsText({ rejections: run.manifest.rejections, tables: run.tables, out: run.dir }, style);
  if (rejected !== "") terminal.stdout(`\n${rejected}`);
}

async function showIndex(run: OpenRun, netuid: number, { epoch, sort, limit, json }: ShowOptions, context: Context): Promise<void> {
  const { behavioursOf, indexOverviewText, indexRunOverview, rulesOf, runStages, runStagesText } = await import("../../reports/index.js");
  const view = { epoch: epoch ?? null, sort, behaviours: behavioursOf(run) };
  const { index, subnets } = await indexRunOverview(run, netuid, view);
  if (sort !== undefined && subnets.length === 0) throw await notSorted(sort);
  const { terminal } = context;
  if (json === true) {
    const besideStages = await runStages(run, rulesOf(run, "recorded"), netuid);
    const beside = subnets.map((subnet) => ({ ...subnet, stages: besideStages }));
    terminal.stdout(formatJson({ ...index, subnets: beside, stages: await runStages(run) }));
    return;
  }
  if (index !== null) terminal.stdout(indexOverviewText(index, limit, reportStyle(terminal)));
  if (index !== null && subnets.length > 0) terminal.stdout("\n");
  if (subnets.length > 0) return writeMiners(run, subnets, limit, context);
  const stages = runStagesText(await runStages(run), reportStyle(terminal), "base pool");
  if (stages !== "") terminal.stdout(`\n${stages}`);
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
