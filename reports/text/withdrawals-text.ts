import { formatAddress } from "../format/address.js";
import { formatTokens } from "../format/amount.js";
import { formatCount, formatShare } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { MinerReport } from "../miner-report.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import type { Withdrawal } from "../withdrawals.js";
import { paragraph } from "./paragraph.js";

const SHOWN = 10;

/** What lowered a held share, largest first; with the hotkey of each where a pool was measured together. */
export function withdrawalsText({ withdrawals, pool }: MinerReport, style: ReportStyle): string {
  if (withdrawals === null) {
    return paragraph("Record the tables exits, tranches and holdings to see which withdrawals lowered held_share.", style, style.dim);
  }
  if (withdrawals.length === 0) return "No withdrawal lowered its held_share.";
  const hotkeyOf = new Map(pool?.positions.map(({ position, hotkey }) => [position, hotkey]));
  const hotkey: TableColumn<Withdrawal> = {
    head: "hotkey",
    dropOrder: 2,
    cell: ({ position }) => formatAddress(hotkeyOf.get(position) ?? ""),
  };
  const table = renderTable(
    [
      { head: "when", cell: ({ time_ms }) => formatTime(time_ms) },
      ...(pool === null ? [] : [hotkey]),
      { head: "alpha", align: "right", cell: ({ amount_rao }) => formatTokens(amount_rao) },
      { head: "reason", cell: ({ reason }) => reason },
      { head: "tranches", align: "right", dropOrder: 1, cell: ({ tranches }) => formatCount(tranches) },
      { head: "held_share lost", align: "right", cell: ({ held_share_lost }) => formatShare(held_share_lost) },
    ],
    withdrawals.slice(0, SHOWN),
    style,
  );
  const left = withdrawals.length - SHOWN;
  const more = left > 0 ? `\n${style.dim(`and ${formatCount(left)} smaller ones; --json gives all`)}` : "";
  return `${style.bold("What lowered held_share, largest first")}\n${table}${more}`;
}
