import { DAY_MS } from "../../engine/index.js";
import type { IndexSummaryEntry } from "../../recorders/index.js";
import { formatAddress } from "../format/address.js";
import { formatTokens, formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatCount, formatDays, formatMultiplier, plural } from "../format/numbers.js";
import { formatElapsed, formatSpan } from "../format/time.js";
import type { MinerOrigins } from "../miner-origins.js";
import { isOfAgents, type MultiplierEffect } from "../rules.js";
import type { Change, RecordedPay, RunSummary } from "../run-summary.js";
import type { ReportStyle } from "../style.js";
import { closedLoopFacts, closedLoopTables } from "./closed-loop-text.js";
import { handedOverFacts, handedOverTable } from "./handed-over-text.js";
import { indexFacts, indexTables } from "./index-summary-text.js";
import { metricsFacts } from "./metrics-text.js";
import { hanging, paragraph } from "./paragraph.js";
import { rejectionsCommand, rejectionsWords } from "./rejections-text.js";
import { shellWord } from "./shell-word.js";
import { typedPath } from "./typed-path.js";

/** One line a miner; the first has the name of the list. */
function changesLines(name: string, changes: readonly Change[], against: string, manySubnets: boolean): [string, string][] {
  return changes.map(({ hotkey, netuid, change_rao }, at) => [
    at === 0 ? name : "",
    `${formatAddress(hotkey)}${manySubnets ? ` on subnet ${netuid}` : ""} ${formatTokensChange(change_rao)}${at === 0 ? ` alpha against ${against}` : ""}`,
  ]);
}

/** Said after the multipliers and what they move: whether they made a difference. */
const EFFECTS: Readonly<Record<MultiplierEffect, string>> = {
  applied: "",
  replay: " (would be; pay is as recorded)",
  shadow: " (would be; shadow mode)",
  off: " (vesting is off)",
};

/** Where pay went that no miner got: "burn 9,485.6500 alpha"; null: nowhere, and there is no list of stages that could send it. */
function elsewhereWords({ residual_rao: residual, outside_rao, unallocated_rao, index }: RunSummary): string | null {
  // What an index subnet gave to nobody stands with its emission.
  const others = index === null ? { "outside (emission.outside)": outside_rao, "unallocated (given to nobody)": unallocated_rao } : {};
  const all = { ...residual, ...others };
  const given = Object.entries(all).filter(([, rao]) => rao !== "0");
  if (given.length === 0) return residual === null ? null : "none";
  return given.map(([row, rao]) => `${row} ${formatTokensShort(rao)} alpha`).join(", ");
}

/** "570.0000 alpha left 2 positions without an event that says why (table unexplained)". */
function unexplainedWords({ unexplained_rao: rao, unexplained_positions: positions }: RunSummary): string {
  // What would be shown as 0.0000 is shown whole.
  const amount = BigInt(rao) < 100_000n ? formatTokens(rao) : formatTokensShort(rao);
  return positions === null
    ? `${amount} alpha left without an event that says why`
    : `${amount} alpha left ${plural(positions, "position")} without an event that says why (table unexplained)`;
}

/** "1 recorded (5F3sa2TJAW...YjQX), 191 synthetic". */
function originWords({ recorded, synthetic, recorded_hotkeys: hotkeys }: MinerOrigins): string {
  const named = hotkeys.length === 0 ? "" : ` (${hotkeys.map(formatAddress).join(", ")})`;
  return `${formatCount(recorded)} recorded${named}, ${formatCount(synthetic)} synthetic`;
}

/** Pay of recorded subnets; null: the run has an index subnet, and nothing beside it. */
function recordedOf(summary: RunSummary): RecordedPay | null {
  return summary.index === null ? summary : summary.beside_index;
}

/** What became of the multipliers of recorded subnets, on which positions are handed over. */
function recordedEffect(summary: RunSummary): MultiplierEffect {
  return (recordedOf(summary) ?? summary).multiplier_effect;
}

/** The facts of a run, one a line, as far as they are known. */
export function runFacts(summary: RunSummary): [string, string][] {
  const { period, index } = summary;
  const recorded = recordedOf(summary);
  const lines: [string, string][] = [];
  if (period !== null) {
    const { start_ms: start, end_ms: end } = period;
    const days = formatDays((end - start) / DAY_MS);
    lines.push(["period", `${formatSpan(start, end)} (${days}), ${plural(summary.epochs, "epoch")}`]);
  }
  lines.push(["positions", formatCount(summary.positions) + (summary.miners === 0 ? "" : ` (${plural(summary.miners, "miner")})`)]);
  if (summary.miner_origins !== null) lines.push(["miners", originWords(summary.miner_origins)]);
  lines.push([
    index === null ? "emission" : "events",
    index === null
      ? `${formatTokensShort(summary.emission_rao)} alpha paid, ${formatCount(summary.events)} events read`
      : `${formatCount(summary.events)} read`,
  ]);
  if (summary.unexplained_rao !== "0") lines.push(["unexplained", unexplainedWords(summary)]);
  const elsewhere = elsewhereWords(summary);
  if (elsewhere !== null) lines.push(["elsewhere", elsewhere]);
  if (index !== null) lines.push(...indexFacts(index));
  if (summary.closed_loop !== null) lines.push(...closedLoopFacts(summary.closed_loop));
  if (summary.handed_over !== null) lines.push(...handedOverFacts(summary.handed_over, recordedEffect(summary)));
  if (recorded?.multiplier != null) {
    const { min, median, max } = recorded.multiplier;
    const effect = EFFECTS[recorded.multiplier_effect];
    const all = `${formatMultiplier(min)} lowest, ${formatMultiplier(median)} median, ${formatMultiplier(max)} highest${effect}`;
    lines.push(min === max ? ["multiplier", `${formatMultiplier(min)}${effect}`] : ["multipliers", all]);
  }
  if (summary.metrics !== null) {
    const ruled = recorded !== null && summary.metrics.subnets.every(({ netuid }) => netuid !== index?.netuid) ? recorded : summary;
    lines.push(...metricsFacts(summary.metrics, ruled.before_rule, EFFECTS[ruled.multiplier_effect]));
  }
  if (recorded !== null) {
    const isUndone = recorded.before_rule === "recorded_rule_undone";
    const recording = isUndone ? "what the recording paid under its own rule" : "the recording";
    const against = isOfAgents(recorded.before_rule) ? "base weights alone" : recording;
    const many = (summary.metrics?.subnets.length ?? 0) > 1;
    lines.push(...changesLines("gained most", recorded.gained, against, many), ...changesLines("lost most", recorded.lost, against, many));
  }
  lines.push(["rejections", rejectionsWords(summary.rejections)]);
  lines.push(["digest", summary.digest]);
  return lines;
}

/** What `tenure show` lists: all positions where none takes part as a miner; by what is left where nothing was paid. */
function overviewWords({ miners, emission_rao: paid }: RunSummary): string {
  return `the ${miners > 0 ? "miners" : "positions"}, ${paid === "0" ? "by stake" : "best paid first"}`;
}

/** Commands to go on with, each with what it shows. */
function nextCommands(summary: RunSummary): [string, string][] {
  const { out, index } = summary;
  const multiplier = recordedOf(summary)?.multiplier ?? null;
  const dir = typedPath(out);
  const commands: [string, string][] = [];
  const beside = summary.beside_index === null ? "" : "; miners of the other subnets";
  if (index !== null) commands.push([`npx tenure show ${dir}`, `participants by rank, validators by standing${beside}`]);
  else if (summary.positions > 0) commands.push([`npx tenure show ${dir}`, overviewWords(summary)]);
  if (index !== null) commands.push(...indexCommands(dir, index));
  if (multiplier !== null) {
    const { min_hotkey: hotkey, min_position: position } = multiplier;
    const one = `npx tenure show ${dir} ${hotkey === null ? `--position ${position}` : `--hotkey ${shellWord(hotkey)}`}`;
    commands.push([
      one,
      multiplier.min === multiplier.max ? "why its multiplier is what it is" : "why the lowest multiplier is what it is",
    ]);
    // Where nobody shares a pot, what came and went is what there is to see.
    const recorded = ["tranches", "exits"].every((table) => summary.tables.includes(table));
    if (summary.miners === 0 && recorded) commands.push([`${one} --tranches`, "its tranches, and what was taken from them"]);
  }
  commands.push([`npx tenure verify ${dir}`, "run again and compare every byte"]);
  commands.push([`npx tenure sql ${dir} --list`, "questions that SQL answers, ready-made"]);
  const rejected = rejectionsCommand(summary);
  if (rejected !== null) commands.push([rejected, "the withdrawals of more than was held"]);
  return commands;
}

function indexCommands(dir: string, { groups, slashes }: IndexSummaryEntry): [string, string][] {
  const first = groups.find(({ kind }) => kind === "participant");
  const commands: [string, string][] = [];
  if (first !== undefined) {
    const name = first.members === 1 ? first.group : `${first.group}-1`;
    commands.push([`npx tenure show ${dir} --hotkey ${shellWord(name)}`, "from its volume to its pay"]);
  }
  if (slashes.length > 0) {
    commands.push([`npx tenure show ${dir} --hotkey ${shellWord(slashes[0].validator)}`, "what it handed in, and lost"]);
  }
  return commands;
}

/** The end of a run: what came out, where it is and what to try next. */
export function runSummaryText(summary: RunSummary, style: ReportStyle): string {
  const { scenario, elapsed_ms: elapsed, out, duckdb, warnings } = summary;
  const dir = typedPath(out);
  const head = style.bold(`Ran ${style.legible(scenario)}`) + (elapsed === null ? "" : ` in ${formatElapsed(elapsed)}`);
  const line = ([name, value]: readonly [string, string]) => hanging(`  ${name.padEnd(13)}`, style.legible(value), style);
  const body = runFacts(summary).map(line);
  const assumed = summary.notes.map((note) => line(["note", note]));
  const notes = warnings.map((warning) => line(["warning", warning]));
  const files = duckdb === null ? "(tables/*.arrow, manifest.json)" : "(results.duckdb, tables/*.arrow, manifest.json)";
  const results = paragraph(`Results are in ${dir} ${files}`, style);
  const commands = nextCommands(summary);
  const width = Math.max(...commands.map(([command]) => command.length));
  const fits = commands.every(([, what]) => width + what.length + 4 <= style.width);
  const next = commands.map(([command, what]) => (fits ? `  ${command.padEnd(width)}  ${style.dim(what)}` : `  ${command}`));
  const tables = [
    ...(summary.index === null ? [] : indexTables(summary.index, style)),
    ...(summary.closed_loop === null ? [] : closedLoopTables(summary.closed_loop, style)),
    ...(summary.handed_over === null ? [] : [handedOverTable(summary.handed_over, recordedEffect(summary), style)]),
  ].flatMap((table) => ["", table]);
  return `${[head, ...body, ...assumed, ...notes, ...tables, "", results, "", "Try next:", ...next].join("\n")}\n`;
}
