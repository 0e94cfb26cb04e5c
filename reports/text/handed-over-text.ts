import type { HandedMinerEntry, HandedOverEntry } from "../../recorders/index.js";
import { formatAddress } from "../format/address.js";
import { formatTokensShort } from "../format/amount.js";
import { formatMultiplier, formatTao, formatTaoChange, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { MultiplierEffect } from "../rules.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging } from "./paragraph.js";

/** Miners who have a line of their own among the facts; all are in the table. */
const SHOWN = 3;

/** What follows what they do. */
const REACTS: Readonly<Record<MultiplierEffect, string>> = {
  applied: "by what they hold their multipliers follow, and by these what everybody is paid",
  replay: "everybody is paid as recorded (emission: replay); only their multipliers follow what they hold",
  shadow: "everybody is paid as recorded (vesting.mode: shadow); only their multipliers follow what they hold",
  off: "everybody is paid as recorded (vesting.mode: off)",
};

/** Who was handed over and what was passed over, a line each, and what reacts. */
export function handedOverFacts({ miners }: HandedOverEntry, effect: MultiplierEffect): [string, string][] {
  const lines = miners.slice(0, SHOWN).map(({ name, strategy, from_ms, as_recorded: { acts, came_rao, left_rao } }) => {
    const passed = `${plural(acts, "recorded act")} passed over (${formatTokensShort(left_rao)} alpha out, ${formatTokensShort(came_rao)} in)`;
    return `${formatAddress(name)} to ${strategy} from ${formatTime(from_ms)}: ${passed}`;
  });
  if (miners.length > SHOWN) lines.push(`and ${miners.length - SHOWN} more (--json)`);
  lines.push(REACTS[effect]);
  return lines.map((line, at) => [at === 0 ? "handed over" : "", line]);
}

/** What each of them made, against what the recording has it do. */
export const HANDED_OVER_COLUMNS: readonly TableColumn<HandedMinerEntry>[] = [
  { head: "handed over", cell: ({ name }) => formatAddress(name) },
  { head: "strategy", dropOrder: 1, cell: ({ strategy }) => strategy },
  { head: "paid alpha", align: "right", dropOrder: 4, cell: ({ paid_rao }) => formatTokensShort(paid_rao) },
  { head: "multiplier", align: "right", dropOrder: 5, cell: ({ multiplier_paid }) => formatMultiplier(multiplier_paid) },
  { head: "sold alpha", align: "right", dropOrder: 3, cell: ({ sold_rao }) => formatTokensShort(sold_rao) },
  { head: "stake alpha", align: "right", dropOrder: 2, cell: ({ stake_end_rao }) => formatTokensShort(stake_end_rao) },
  {
    head: "stake as recorded",
    align: "right",
    dropOrder: 6,
    cell: ({ as_recorded: { stake_end_rao } }) => formatTokensShort(stake_end_rao),
  },
  { head: "profit TAO", align: "right", cell: ({ profit_tao }) => formatTao(profit_tao) },
  { head: "as recorded", align: "right", cell: ({ as_recorded: { profit_tao } }) => formatTao(profit_tao) },
  { head: "difference", align: "right", cell: ({ profit_tao, as_recorded }) => formatTaoChange(profit_tao - as_recorded.profit_tao) },
];

/** The same as a table. */
export function handedOverTable({ miners }: HandedOverEntry, effect: MultiplierEffect, style: ReportStyle): string {
  const table = renderTable(HANDED_OVER_COLUMNS, miners, style);
  const recorded = "; as recorded: what it took out and added, each at the price of its instant";
  const rule = effect === "applied" ? ", paid as the recording has it, without this rule" : "";
  const explained = `(since then; multiplier: mean weighted by pay; stake: at the end; profit: TAO and stake at the end less those when it was handed over, stake at the prices of then and of the end${recorded}${rule})`;
  return `${hanging("What strategies made of handed-over positions ", explained, style, { lead: style.bold })}\n${table}`;
}
