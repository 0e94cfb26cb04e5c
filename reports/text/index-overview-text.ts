import { formatTokensShort } from "../format/amount.js";
import { formatCount, formatShare, formatTao, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { IndexOverview, RankedParticipant, WatchingValidator } from "../index-subnet/index-overview.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging } from "./paragraph.js";

const NONE = "-";
const part = (value: number | undefined) => (value === undefined ? NONE : value.toFixed(4));
const tokens = (rao: number | undefined) => (rao === undefined ? NONE : formatTokensShort(rao));

const PARTICIPANTS: readonly TableColumn<RankedParticipant>[] = [
  { head: "rank", align: "right", cell: ({ score }) => (score === null || score.rank === 0 ? NONE : String(score.rank)) },
  { head: "hotkey", cell: ({ participant }) => participant.hotkey },
  { head: "tier", cell: ({ score }) => (score?.tier ? score.tier : NONE) },
  { head: "minted TAO", align: "right", dropOrder: 6, cell: ({ score }) => tokens(score?.minted_rao) },
  { head: "redeemed TAO", align: "right", dropOrder: 7, cell: ({ score }) => tokens(score?.redeemed_rao) },
  { head: "volume", align: "right", dropOrder: 3, cell: ({ score }) => part(score?.volume) },
  { head: "frequency", align: "right", dropOrder: 4, cell: ({ score }) => part(score?.frequency) },
  { head: "consistency", align: "right", dropOrder: 5, cell: ({ score }) => part(score?.consistency) },
  { head: "score", align: "right", cell: ({ score }) => part(score?.score) },
  { head: "paid", align: "right", cell: ({ payout }) => tokens(payout?.paid_rao) },
  { head: "paid so far", align: "right", dropOrder: 2, cell: ({ participant }) => formatTokensShort(participant.paid_rao) },
  { head: "profit TAO", align: "right", dropOrder: 1, cell: ({ participant }) => formatTao(participant.profit_tao) },
];

const VALIDATORS: readonly TableColumn<WatchingValidator>[] = [
  { head: "validator", cell: ({ validator }) => validator.hotkey },
  { head: "status", cell: ({ standing }) => standing?.status ?? NONE },
  { head: "stake", align: "right", cell: ({ standing }) => tokens(standing?.stake_rao) },
  { head: "slashed", align: "right", cell: ({ standing }) => tokens(standing?.slashed_rao) },
  { head: "submission", dropOrder: 3, cell: ({ submission }) => submission?.standing ?? NONE },
  {
    head: "deviation",
    align: "right",
    dropOrder: 1,
    cell: ({ submission }) => (submission?.judged ? formatShare(submission.deviation) : NONE),
  },
  {
    head: "deviations",
    align: "right",
    dropOrder: 4,
    cell: ({ standing }) => (standing === null ? NONE : formatCount(standing.deviations)),
  },
  { head: "reputation", align: "right", dropOrder: 2, cell: ({ standing }) => part(standing?.overall) },
  { head: "paid so far", align: "right", dropOrder: 5, cell: ({ validator }) => formatTokensShort(validator.paid_rao) },
];

/** Participants by rank and validators by standing, in alpha of the index subnet where nothing else is said. */
export function indexOverviewText(overview: IndexOverview, limit: number, style: ReportStyle): string {
  const { netuid, epochs, epoch, participants, validators } = overview;
  const at = epoch === null ? "no epoch" : `epoch ${formatCount(epoch.epoch)} of ${formatCount(epochs)}, ended ${formatTime(epoch.end_ms)}`;
  const counts = `${plural(participants.length, "participant")}, ${plural(validators.length, "validator")}`;
  const head = hanging(`Index subnet ${netuid}: `, `${at}, ${counts}`, style, { lead: style.bold });
  const left = participants.length - limit;
  const more = left > 0 ? `\n${style.dim(`and ${formatCount(left)} more; --limit ${participants.length} shows all`)}` : "";
  return `${head}\n\n${renderTable(PARTICIPANTS, participants.slice(0, limit), style)}${more}\n\n${renderTable(VALIDATORS, validators, style)}\n`;
}
