import { formatAddress } from "../format/address.js";
import { formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatCount, formatDays, formatGain, formatMultiplier, formatShare, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import { wrapWords } from "../format/wrap-words.js";
import { changeWithin, payWithin } from "../miner-columns.js";
import type { MinerLine } from "../miner-line.js";
import { isMiner, type SubnetOverview } from "../overview.js";
import { isGiven, isOfAgents, type MultiplierEffect, sharesOwnPots } from "../rules.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging } from "./paragraph.js";
import { noEpochWords } from "./verdict.js";

const NONE = "-";

/** A miner with its place in the table, from 1. */
export type Numbered = readonly [number, MinerLine];

/** The columns that the run has values for. What decides stays longest where the terminal is narrow. */
/** Is anybody paid something else than was recorded? */
function isPaidOtherwise(lines: readonly MinerLine[], horizon: SubnetOverview["horizon"]): boolean {
  return lines.some((line) => {
    const pay = payWithin(line, horizon);
    return pay !== null && pay.paid !== pay.recorded;
  });
}

export function minerColumns({
  miners: lines,
  horizon,
  multiplier_effect: effect,
  before_rule: before,
}: SubnetOverview): TableColumn<Numbered>[] {
  const some = (has: (line: MinerLine) => unknown) => lines.some((line) => has(line) !== null);
  const paysOtherwise = isPaidOtherwise(lines, horizon);
  const wouldBe = effect === "replay" || effect === "shadow" ? "would-be " : "";
  const all: { when: boolean; column: TableColumn<Numbered> }[] = [
    { when: true, column: { head: "#", align: "right", cell: ([place]) => String(place) } },
    { when: true, column: { head: "hotkey", cell: ([, { position }]) => formatAddress(position.hotkey) } },
    {
      when: new Set(lines.map(({ position }) => position.hotkey)).size < lines.length,
      column: { head: "coldkey", dropOrder: 8, cell: ([, { position }]) => formatAddress(position.coldkey) },
    },
    {
      when: lines.some(({ position }) => position.uid >= 0),
      column: { head: "uid", align: "right", dropOrder: 9, cell: ([, { position }]) => (position.uid < 0 ? NONE : String(position.uid)) },
    },
    {
      when: some(({ behaviour }) => behaviour),
      column: { head: "behaviour", dropOrder: 5, cell: ([, { behaviour }]) => behaviour ?? NONE },
    },
    {
      when: true,
      column: {
        head: some(({ stake_rao }) => stake_rao) ? "stake" : "stake at the end",
        align: "right",
        dropOrder: 7,
        cell: ([, { position, stake_rao }]) => formatTokensShort(stake_rao ?? position.at_end.stake_rao),
      },
    },
    {
      when: some(({ holding }) => holding),
      column: {
        head: "held share",
        align: "right",
        dropOrder: 4,
        cell: ([, { holding }]) => (holding && holding.received_rao > 0 ? formatShare(holding.held_share) : NONE),
      },
    },
    {
      when: some(({ holding }) => holding),
      column: {
        head: "held days",
        align: "right",
        dropOrder: 6,
        cell: ([, { holding }]) => (holding && holding.received_rao > 0 ? formatDays(holding.held_days) : NONE),
      },
    },
    {
      when: some(({ holding }) => holding),
      column: {
        head: `${wouldBe}multiplier`,
        align: "right",
        dropOrder: 1,
        cell: ([, { multiplier }]) => (multiplier === null ? NONE : formatMultiplier(multiplier)),
      },
    },
    {
      when: some((line) => payWithin(line, horizon)),
      column: {
        head: "paid",
        align: "right",
        cell: ([, line]) => formatTokensShort(payWithin(line, horizon)?.paid ?? 0n),
      },
    },
    {
      when: paysOtherwise,
      column: {
        head: isOfAgents(before) ? "vs base weights" : "vs recorded",
        align: "right",
        dropOrder: 2,
        cell: ([, line]) => {
          const { paid, recorded } = payWithin(line, horizon) ?? { paid: 0n, recorded: 0n };
          return formatTokensChange(paid - recorded);
        },
      },
    },
    {
      when: horizon === "epoch" ? some(({ weight }) => weight) : paysOtherwise,
      column: {
        head: horizon === "run" ? "change" : `${effect === "replay" ? "would-be " : ""}change of share`,
        align: "right",
        cell: ([, line]) => {
          const change = changeWithin(line, horizon);
          return change === null ? NONE : formatGain(change);
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

/** What the table is of: one horizon for all that is summed up. */
function horizonNote({ horizon, epoch }: SubnetOverview): string | null {
  if (epoch === null) return null;
  return horizon === "run"
    ? "Pay and stake are those of the whole run; holding and multiplier those before its last pay."
    : "All is of this epoch alone, also what is paid: in the epoch.";
}

/** How to see the other horizon. */
function otherHorizon({ horizon }: SubnetOverview): string {
  return horizon === "run" ? "One epoch: --epoch last" : "The whole run: without --epoch";
}

const GIVEN_BY = {
  weights: "the weights stream",
  scores: "the scores",
  yuma: "Yuma alone, of what validators set",
} as const;

/** What the changes that are shown are measured from, where it could be taken for something else. */
function beforeNote({ horizon, epoch, before_rule: before, miners }: SubnetOverview): string | null {
  if (epoch === null || before === "recorded" || sharesOwnPots(before)) return null;
  const isEpoch = horizon === "epoch";
  if (isGiven(before)) return isEpoch ? `change of share: against the share by ${GIVEN_BY[before]}.` : null;
  const paid = "what the recording paid under its own rule (emission.recorded_rule)";
  const paysOtherwise = isPaidOtherwise(miners, horizon);
  if (!isEpoch) return paysOtherwise ? `vs recorded and change: against ${paid}, not against pay with that rule undone.` : null;
  const ofShare = "change of share: against the share with the recorded rule undone";
  return paysOtherwise ? `${ofShare}; vs recorded: against ${paid}.` : `${ofShare}.`;
}

function epochWords({ epochs, epoch, horizon }: SubnetOverview): string {
  if (epoch === null) return epochs === 0 ? "no epoch" : `no such epoch, it has ${plural(epochs, "epoch")}`;
  const ended = formatTime(epoch.end_ms);
  if (horizon === "run") return `whole run, ${plural(epochs, "epoch")} until ${ended}`;
  return `epoch ${formatCount(epoch.epoch)} of ${formatCount(epochs)}, ended ${ended}`;
}

/** What a table of miners is of, and what its changes are measured from, a sentence each; none for the obvious. */
export function minerNotes(subnet: SubnetOverview, ofHorizon = horizonNote(subnet)): readonly string[] {
  const { epochs, epochs_by: by, multiplier_effect: effect } = subnet;
  const notes = epochs === 0 ? [noEpochWords(by)] : [EFFECT_NOTES[effect], ofHorizon, beforeNote(subnet)];
  return notes.filter((note) => note !== null);
}

function subnetText(subnet: SubnetOverview, limit: number, style: ReportStyle): string {
  const { netuid, miners } = subnet;
  const counted = plural(miners.length, miners.every(isMiner) ? "miner" : "position");
  const head = hanging(`Subnet ${netuid}: `, `${epochWords(subnet)}, ${counted}`, style, { lead: style.bold });
  const horizon = horizonNote(subnet);
  const notes = minerNotes(subnet, horizon === null ? null : `${horizon} ${otherHorizon(subnet)}`);
  const shown = miners.slice(0, limit).map((line, place) => [place + 1, line] as const);
  const left = miners.length - shown.length;
  const more = left > 0 ? [style.dim(`and ${formatCount(left)} more; --limit ${miners.length} shows all`)] : [];
  const table = shown.length === 0 ? [] : [renderTable(minerColumns(subnet), shown, style)];
  return [head, ...notes.flatMap((note) => wrapWords(note, style.width)), "", ...table, ...more].join("\n").trimEnd();
}

/** The miners of a run as tables, one a subnet, in alpha. */
export function overviewText(subnets: readonly SubnetOverview[], limit: number, style: ReportStyle): string {
  if (subnets.length === 0) return "The run met no position.\n";
  return `${subnets.map((subnet) => subnetText(subnet, limit, style)).join("\n\n")}\n`;
}
