import { formatAddress } from "../format/address.js";
import { formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatCount, formatDays, formatGain, formatMultiplier, formatShare, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import { isMiner, type MinerLine, type SubnetOverview } from "../overview.js";
import type { Pay } from "../pay.js";
import type { MultiplierEffect } from "../rules.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { noEpochWords } from "./verdict.js";

const NONE = "-";

/** Pay up to the epoch, or in it where that is all that is known; null where neither is. */
function shownPay({ paid_rao, recorded_rao, epoch_paid_rao, epoch_recorded_rao }: Pay): readonly [bigint, bigint] | null {
  if (paid_rao !== null && recorded_rao !== null) return [paid_rao, recorded_rao];
  return epoch_paid_rao !== null && epoch_recorded_rao !== null ? [epoch_paid_rao, epoch_recorded_rao] : null;
}

/** The columns that the run has values for. */
function columns(lines: readonly MinerLine[], effect: MultiplierEffect): TableColumn<readonly [number, MinerLine]>[] {
  const some = (has: (line: MinerLine) => unknown) => lines.some((line) => has(line) !== null);
  const stakes = some(({ stake_rao }) => stake_rao);
  const total = some(({ pay }) => pay.paid_rao);
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
      column: {
        head: stakes ? "stake" : "stake at the end",
        align: "right",
        dropOrder: 4,
        cell: ([, { position, stake_rao }]) => formatTokensShort(stake_rao ?? position.at_end.stake_rao),
      },
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
      column: {
        head: effect === "replay" || effect === "shadow" ? "would-be multiplier" : "multiplier",
        align: "right",
        cell: ([, { multiplier }]) => (multiplier === null ? NONE : formatMultiplier(multiplier)),
      },
    },
    {
      when: some(({ weight }) => weight),
      column: {
        head: effect === "replay" ? "would-be change of share" : "change of share",
        align: "right",
        dropOrder: 1,
        cell: ([, { weight }]) => (weight ? formatGain(weight.weight_gain) : NONE),
      },
    },
    {
      when: some(({ pay }) => shownPay(pay)),
      column: {
        head: total ? "paid" : "paid in the epoch",
        align: "right",
        cell: ([, { pay }]) => formatTokensShort(shownPay(pay)?.[0] ?? 0n),
      },
    },
    {
      when: lines.some(({ pay }) => shownPay(pay)?.[0] !== shownPay(pay)?.[1]),
      column: {
        head: "vs recorded",
        align: "right",
        dropOrder: 6,
        cell: ([, { pay }]) => {
          const [paid, recorded] = shownPay(pay) ?? [0n, 0n];
          return formatTokensChange(paid - recorded);
        },
      },
    },
  ];
  return all.filter(({ when }) => when).map(({ column }) => column);
}

const EFFECT_NOTES: Readonly<Record<MultiplierEffect, string | null>> = {
  applied: null,
  replay: "Pay is as recorded (emission: replay); multipliers are what they would be.",
  shadow: "Nothing is applied (vesting.mode: shadow); multipliers are what they would be.",
  off: "Vesting is off (vesting.mode: off).",
};

function epochWords({ epochs, epoch }: SubnetOverview): string {
  if (epoch !== null) return `epoch ${formatCount(epoch.epoch)} of ${formatCount(epochs)}, ended ${formatTime(epoch.end_ms)}`;
  return epochs === 0 ? "no epoch" : `no such epoch, it has ${plural(epochs, "epoch")}`;
}

function subnetText(subnet: SubnetOverview, limit: number, style: ReportStyle): string {
  const { netuid, epochs, epochs_by: by, multiplier_effect: effect, miners } = subnet;
  const head = `${style.bold(`Subnet ${netuid}`)}: ${epochWords(subnet)}, ${plural(miners.length, miners.every(isMiner) ? "miner" : "position")}`;
  const note = epochs === 0 ? noEpochWords(by) : EFFECT_NOTES[effect];
  const shown = miners.slice(0, limit).map((line, place) => [place + 1, line] as const);
  const left = miners.length - shown.length;
  const more = left > 0 ? [style.dim(`and ${formatCount(left)} more; --limit ${miners.length} shows all`)] : [];
  const table = shown.length === 0 ? [] : [renderTable(columns(miners, effect), shown, style)];
  return [head, ...(note === null ? [] : [note]), "", ...table, ...more].join("\n").trimEnd();
}

/** The miners of a run as tables, one a subnet, in alpha. */
export function overviewText(subnets: readonly SubnetOverview[], limit: number, style: ReportStyle): string {
  if (subnets.length === 0) return "The run met no position.\n";
  return `${subnets.map((subnet) => subnetText(subnet, limit, style)).join("\n\n")}\n`;
}
