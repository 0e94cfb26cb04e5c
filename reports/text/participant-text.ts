import { formatTokens, formatTokensChange, formatTokensShort } from "../format/amount.js";
import { formatCount, formatMultiplier, formatShare, formatTao, formatTerm, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import { wrapWords } from "../format/wrap-words.js";
import type { FlagRow, TradeRow } from "../index-subnet/index-rows.js";
import type { ParticipantReport } from "../index-subnet/participant-report.js";
import type { ReportStyle } from "../style.js";
import { renderTable } from "../table.js";
import { labelled, paragraph } from "./paragraph.js";
import { stagesText } from "./stages-text.js";
import { type Term, termTable } from "./term-table.js";

/** Why a participant was paid what it was: volumes, score, rank, tier, pools, multiplier, rao. */
export function participantText(report: ParticipantReport, limit: number, style: ReportStyle): string {
  const { participant, epoch } = report;
  const when = epoch === null ? "none" : `${formatCount(epoch.epoch)}, ${formatTime(epoch.start_ms)} to ${formatTime(epoch.end_ms)}`;
  const parts = [
    [
      labelled("hotkey", `${style.legible(participant.hotkey)}  (group ${style.legible(participant.group_name)})`, style),
      labelled("coldkey", style.legible(participant.coldkey), style),
      labelled("epoch", when, style),
    ].join("\n"),
    paragraph(style.legible(verdict(report)), style, style.bold),
  ];
  const score = scoreTerms(report);
  if (score.length > 0) parts.push(`${style.bold("From volume to score")}\n${termTable(score, style)}`);
  if (report.terms_note !== null) parts.push(paragraph(style.legible(report.terms_note), style));
  parts.push(...stagesText(report.stages, report.stages_note, report.multiplier_effect, style, "base pool"));
  for (const why of report.unread) parts.push(paragraph(style.legible(why), style));
  const pay = payTerms(report);
  if (pay.length > 0) parts.push(`${style.bold("From rank to pay")}\n${termTable(pay, style)}`);
  parts.push(flagsText(report, style), tradesText(report.trades, limit, style), runText(report, style));
  return `${parts.filter((text) => text !== "").join("\n\n")}\n`;
}

function verdict({ score, payout, rewards }: ParticipantReport): string {
  if (score === null) return "The run did not record its score in this epoch (record.tables: scores).";
  const paid = payout === null ? "paid nothing" : `paid ${formatTokensShort(payout.paid_rao)} alpha`;
  if (score.rank > 0) return `Rank ${score.rank} (${score.tier}): ${paid}.`;
  const volumeRao = score.minted_rao + score.redeemed_rao;
  if (score.standing === 0) return `Not ranked, excluded by anti-gaming: ${paid}.`;
  return volumeRao < rewards.minVolumeRao
    ? `Not ranked, ${paid}: its volume of ${formatTokensShort(volumeRao)} TAO is below min_volume, ${formatTokens(rewards.minVolumeRao)} TAO.`
    : `Not ranked: ${paid}.`;
}

function scoreTerms({ score, rewards, score_terms: told }: ParticipantReport): Term[] {
  if (score === null) return [];
  const { mintMultiplier, redeemMultiplier, volumeOver } = rewards.score;
  const weighted = score.minted_rao * mintMultiplier + score.redeemed_rao * redeemMultiplier;
  const terms = told ?? [];
  return [
    { name: "minted", value: formatTokens(score.minted_rao), from: "TAO, value at NAV" },
    { name: "redeemed", value: formatTokens(score.redeemed_rao), from: "TAO, value at NAV" },
    {
      name: "weighted volume",
      value: formatTerm(weighted / 1e9),
      from: `${mintMultiplier} * minted + ${redeemMultiplier} * redeemed, TAO`,
    },
    { name: "volume", value: formatTerm(score.volume), from: `weighted volume / the largest ${volumeOver === "raw" ? "raw " : ""}volume` },
    { name: "transactions", value: formatCount(score.transactions), from: "in the last hour" },
    { name: "frequency", value: formatTerm(score.frequency), from: "transactions / the most of anyone" },
    { name: "consistency", value: formatTerm(score.consistency), from: "max(0, 1 - deviation / mean) of hourly volumes, 24 hours" },
    ...(score.standing === 1 ? [] : [{ name: "standing", value: formatTerm(score.standing), from: "what anti-gaming left of the score" }]),
    // The last term of a rule is the score itself, which the standing may have cut.
    ...terms.slice(0, -1).map(({ name, value, formula: from }) => ({ name, value: formatTerm(value), from })),
    { name: "score", value: formatTerm(score.score), from: terms.at(-1)?.formula ?? "" },
  ];
}

function payTerms({ score, payout, rewards, base_by: by }: ParticipantReport): Term[] {
  if (score === null || payout === null) return [];
  const tier = rewards.tiers.find(({ name }) => name === payout.tier);
  const { pools } = rewards;
  const bonus =
    tier === undefined
      ? "behind the last tier"
      : `alpha; of the ${formatShare(tier.share)} that ${tier.name} gets of the ${formatShare(pools.tierBonus)} bonus pool, by score`;
  return [
    { name: "rank", value: score.rank === 0 ? "-" : String(score.rank), from: "by score" },
    {
      name: "tier",
      value: payout.tier === "" ? "-" : payout.tier,
      from: tier === undefined ? "" : `ranks ${tier.fromRank} to ${tier.toRank}`,
    },
    { name: "base", value: formatTokens(payout.base_rao), from: `alpha; of the base pool (${formatShare(pools.base)}), by ${by}` },
    { name: "tier bonus", value: formatTokens(payout.tier_bonus_rao), from: bonus },
    { name: "multiplier", value: formatMultiplier(payout.multiplier), from: "of vesting; 1 without" },
    { name: "paid", value: formatTokens(payout.paid_rao), from: "alpha, after the multiplier" },
    { name: "weight", value: formatShare(payout.weight), from: "share of what participants were paid" },
  ];
}

function flagsText({ flags, flags_in_run: total }: ParticipantReport, style: ReportStyle): string {
  if (flags === null || total === null) return "";
  if (flags.length === 0) return `No flags in this epoch, ${formatCount(total)} in the whole run.`;
  const table = renderTable<FlagRow>(
    [
      { head: "flag", cell: ({ kind }) => kind },
      { head: "does", cell: ({ policy }) => policy },
      { head: "count", align: "right", cell: ({ count }) => formatCount(count) },
      { head: "amount", align: "right", cell: ({ amount_rao }) => formatTokensShort(amount_rao) },
      { head: "first seen", dropOrder: 1, cell: ({ from_ms }) => formatTime(from_ms) },
    ],
    flags,
    style,
  );
  return `${style.bold("Flags")}\n${table}`;
}

function tradesText(trades: readonly TradeRow[] | null, limit: number, style: ReportStyle): string {
  if (trades === null || trades.length === 0) return "";
  const table = renderTable<TradeRow>(
    [
      { head: "time", cell: ({ time_ms }) => formatTime(time_ms) },
      { head: "trade", cell: ({ kind }) => kind },
      { head: "why", cell: ({ reason }) => reason },
      { head: "refused", dropOrder: 2, cell: ({ refusal }) => (refusal === "none" ? "" : refusal) },
      { head: "tokens", align: "right", cell: ({ tokens_rao }) => formatTokensShort(tokens_rao) },
      { head: "value TAO", align: "right", cell: ({ value_rao }) => formatTokensShort(value_rao) },
      { head: "profit TAO", align: "right", dropOrder: 1, cell: ({ profit_rao }) => formatTokensChange(profit_rao) },
    ],
    trades.slice(0, limit),
    style,
  );
  const left = trades.length - limit;
  const more = left > 0 ? `\n${style.dim(`and ${formatCount(left)} more; --limit ${trades.length} shows all`)}` : "";
  return `${style.bold("Trades of the epoch")}\n${table}${more}`;
}

function runText({ participant: one }: ParticipantReport, style: ReportStyle): string {
  const success = one.orders === 0 ? "" : ` (${formatShare(one.orders_done / one.orders)})`;
  const answers =
    one.opportunities === 0
      ? "no opportunities"
      : `${formatCount(one.answered)} of ${plural(one.opportunities, "opportunity").replace("opportunitys", "opportunities")} answered, after ${one.response_s.toFixed(0)} s on average`;
  const facts = [
    `In the whole run: paid ${formatTokensShort(one.paid_rao)} alpha; ${formatCount(one.orders_done)} of ${plural(one.orders, "order")} done${success};`,
    `minted ${formatTokensShort(one.minted_value_rao)} TAO, redeemed ${formatTokensShort(one.redeemed_value_rao)} TAO, profit ${formatTao(one.profit_tao)} TAO;`,
    `${answers}; ${formatShare(one.inventory_ratio)} of its worth in tokens on average;`,
    `TAO ${formatTokensShort(one.tao_start_rao)} -> ${formatTokensShort(one.tao_end_rao)}, tokens ${formatTokensShort(one.tokens_start_rao)} -> ${formatTokensShort(one.tokens_end_rao)}, stake ${formatTokensShort(one.stake_end_rao)} alpha.`,
  ];
  // Each on a line of its own, what has no room below it.
  return facts
    .flatMap((fact, at) => {
      const indent = " ".repeat(at === 0 ? 0 : 2);
      const [first, ...more] = wrapWords(fact, Math.max(style.width - 4, 1));
      return [indent + first, ...more.map((line) => `    ${line}`)];
    })
    .join("\n");
}
