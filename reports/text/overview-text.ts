import { formatAddress } from "../format/address.js";
import { formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatCount, formatDays, formatGain, formatMultiplier, formatShare, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import { isMiner, type MinerLine, type SubnetOverview } from "../overview.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";

const NONE = "-";

/** The columns that the run has values for. */
function columns(lines: readonly MinerLine[]): TableColumn<readonly [number, MinerLine]>[] {
  const some = (has: (line: MinerLine) => unknown) => lines.some((line) => has(line) !== null);
  const all: { when: boolean; column: TableColumn<readonly [number, MinerLine]> }[] = [
    { when: true, column: { head: "#", align: "right", cell: ([place]) => String(place) } },
    { when: true, column: { head: "hotkey", cell: ([, { position }]) => formatAddress(position.hotkey) } },
    {
      when: new Set(lines.map(({ position }) => position.hotkey)).size < lines.length,
      column: { head: "coldkey", dropOrder: 7, cell: ([, { position }]) => formatAddress(position.coldkey) },
    },
    {
      when: lines.some(({ position }) => position.uid >= 0),
      column: { head: "uid", align: "right", dropOrder: 5, cell: ([, { position }]) => (position.uid < 0 ? NONE : String(position.uid)) },
    },
    {
      when: true,
      column: { head: "stake", align: "right", dropOrder: 4, cell: ([, { position }]) => formatTokensShort(position.stake_rao) },
    },
    {
      when: some(({ holding }) => holding),
      column: {
        head: "held share",
        align: "right",
        dropOrder: 2,
        cell: ([, { holding }]) => (holding && holding.received_rao > 0 ? formatShare(holding.held_share) : NONE),
      },
    },
    {
      when: some(({ holding }) => holding),
      column: {
        head: "held days",
        align: "right",
        dropOrder: 3,
        cell: ([, { holding }]) => (holding && holding.received_rao > 0 ? formatDays(holding.held_days) : NONE),
      },
    },
    {
      when: some(({ holding }) => holding),
      column: { head: "multiplier", align: "right", cell: ([, { holding }]) => (holding ? formatMultiplier(holding.multiplier) : NONE) },
    },
    {
      when: some(({ weight }) => weight),
      column: {
        head: "weight gain",
        align: "right",
        dropOrder: 1,
        cell: ([, { weight }]) => (weight ? formatGain(weight.weight_gain) : NONE),
      },
    },
    {
      when: some(({ pay }) => pay),
      column: { head: "paid", align: "right", cell: ([, { pay }]) => (pay ? formatTokensShort(pay.paid_rao) : NONE) },
    },
    {
      when: lines.some(({ pay }) => pay !== null && pay.paid_rao !== pay.recorded_rao),
      column: {
        head: "vs recorded",
        align: "right",
        dropOrder: 6,
        cell: ([, { pay }]) => (pay ? formatTokensChange(pay.paid_rao - pay.recorded_rao) : NONE),
      },
    },
  ];
  return all.filter(({ when }) => when).map(({ column }) => column);
}

function subnetText({ netuid, epochs, epoch, miners }: SubnetOverview, limit: number, style: ReportStyle): string {
  const at = epoch === null ? "no epoch" : `epoch ${formatCount(epoch.epoch)} of ${formatCount(epochs)}, ended ${formatTime(epoch.end_ms)}`;
  const shown = miners.slice(0, limit).map((line, place) => [place + 1, line] as const);
  const left = miners.length - shown.length;
  const more = left > 0 ? `\n${style.dim(`and ${formatCount(left)} more; --limit ${miners.length} shows all`)}` : "";
  return `${style.bold(`Subnet ${netuid}`)}: ${at}, ${plural(miners.length, miners.every(isMiner) ? "miner" : "position")}\n\n${renderTable(columns(miners), shown, style)}${more}`;
}

/** The miners of a run as tables, one a subnet, in alpha. */
export function overviewText(subnets: readonly SubnetOverview[], limit: number, style: ReportStyle): string {
  if (subnets.length === 0) return "The run met no position.\n";
  return `${subnets.map((subnet) => subnetText(subnet, limit, style)).join("\n\n")}\n`;
}
