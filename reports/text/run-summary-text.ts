import { DAY_MS } from "../../engine/index.js";
import { formatAddress } from "../format/address.js";
import { formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatCount, formatDays, formatMultiplier } from "../format/numbers.js";
import { formatDay, formatElapsed } from "../format/time.js";
import type { Change, RunSummary } from "../run-summary.js";
import type { ReportStyle } from "../style.js";
import { quoted, typedPath } from "./typed-path.js";

function changesText(changes: readonly Change[]): string {
  return changes.map(({ hotkey, change_rao }) => `${formatAddress(hotkey)} ${formatTokensChange(change_rao)}`).join(", ");
}

function rejectionsText(rejections: Readonly<Record<string, number>>): string {
  const some = Object.entries(rejections).filter(([, count]) => count > 0);
  const total = some.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return "none";
  return `${formatCount(total)} (${some.map(([cause, count]) => `${cause} ${formatCount(count)}`).join(", ")})`;
}

/** The facts of a run, one a line, as far as they are known. */
function facts(summary: RunSummary): [string, string][] {
  const { first_ms: first, last_ms: last, multiplier, gained, lost } = summary;
  const lines: [string, string][] = [];
  if (first !== null && last !== null) {
    const days = formatDays((last - first) / DAY_MS);
    lines.push(["period", `${formatDay(first)} to ${formatDay(last)} (${days}), ${formatCount(summary.epochs)} epochs`]);
  }
  lines.push(["positions", `${formatCount(summary.positions)}, of them ${formatCount(summary.miners)} miners`]);
  lines.push(["emission", `${formatTokensShort(summary.emission_rao)} alpha paid, ${formatCount(summary.events)} events read`]);
  if (multiplier !== null) {
    const { min, median, max } = multiplier;
    lines.push(["multipliers", `${formatMultiplier(min)} lowest, ${formatMultiplier(median)} median, ${formatMultiplier(max)} highest`]);
  }
  if (gained !== null && gained.length > 0) lines.push(["gained most", `${changesText(gained)} alpha against the recording`]);
  if (lost !== null && lost.length > 0) lines.push(["lost most", `${changesText(lost)} alpha`]);
  lines.push(["rejections", rejectionsText(summary.rejections)]);
  lines.push(["digest", summary.digest]);
  return lines;
}

/** Commands to go on with, each with what it shows. */
function nextCommands({ out, duckdb, multiplier }: RunSummary): [string, string][] {
  const dir = typedPath(out);
  const commands: [string, string][] = [[`npx tenure show ${dir}`, "the miners, best paid first"]];
  if (multiplier !== null) {
    commands.push([`npx tenure show ${dir} --hotkey ${quoted(multiplier.min_hotkey)}`, "why the lowest multiplier is what it is"]);
  }
  commands.push([`npx tenure verify ${dir}`, "run again and compare every byte"]);
  if (duckdb !== null) commands.push([`duckdb ${typedPath(duckdb)} "FROM miners LIMIT 10"`, "SQL, where the duckdb program is installed"]);
  return commands;
}

/** The end of a run: what came out, where it is and what to try next. */
export function runSummaryText(summary: RunSummary, style: ReportStyle): string {
  const { scenario, elapsed_ms: elapsed, out, duckdb, warnings } = summary;
  const dir = typedPath(out);
  const head = style.bold(`Ran ${scenario}`) + (elapsed === null ? "" : ` in ${formatElapsed(elapsed)}`);
  const body = facts(summary).map(([name, value]) => `  ${name.padEnd(13)}${value}`);
  const notes = warnings.map((warning) => `  ${"warning".padEnd(13)}${warning}`);
  const results = duckdb === null ? `${dir} (tables/*.arrow, manifest.json)` : `${dir} (results.duckdb, tables/*.arrow, manifest.json)`;
  const commands = nextCommands(summary);
  const width = Math.max(...commands.map(([command]) => command.length));
  const next = commands.map(([command, what]) => `  ${command.padEnd(width)}  ${style.dim(what)}`);
  return `${[head, ...body, ...notes, "", `Results are in ${results}`, "", "Try next:", ...next].join("\n")}\n`;
}
