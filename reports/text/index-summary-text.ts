import type { IndexSummaryEntry } from "../../recorders/index.js";
import { elsewhereOnIndex } from "../elsewhere.js";
import { formatTokensShort } from "../format/amount.js";
import { formatCount, formatShare, formatTao, plural } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging } from "./paragraph.js";

type Fact = [string, string];

/** The facts of an index subnet, one a line: how the token followed NAV, what was traded, paid and agreed on. */
export function indexFacts(index: IndexSummaryEntry): Fact[] {
  return [...fundFacts(index), ...tradeFacts(index), ...payFacts(index)];
}

function fundFacts({ nav, price, premium, fund, samples, stale_samples, stale_spells, founded_ms, fees }: IndexSummaryEntry): Fact[] {
  if (founded_ms === null) return [["index", "the fund was never founded: no weights with fresh prices"]];
  const tao = (value: number) => value.toFixed(4);
  const stale = staleWords({ stale_samples, stale_spells });
  const rebalanced = fund.rebalances === 0 ? "not rebalanced" : `rebalanced ${times(fund.rebalances)}`;
  return [
    [
      "NAV",
      `${tao(nav.start_tao)} -> ${tao(nav.end_tao)} TAO a token since ${formatTime(founded_ms)}; ${formatCount(samples)} samples, ${stale}`,
    ],
    ["market price", `${tao(price.start_tao)} -> ${tao(price.end_tao)} TAO`],
    [
      "tracking",
      `error ${formatShare(premium.tracking_error_per_year)} a year against NAV; premium ${formatShare(premium.mean_absolute)} in size on average, ${formatShare(premium.largest)} at most`,
    ],
    [
      "half-life",
      premium.half_life_ms === null ? "a premium does not die away" : `half of a premium is gone after ${spanText(premium.half_life_ms)}`,
    ],
    [
      "fund",
      `${formatTokensShort(fund.supply_rao)} tokens, ${rebalanced}; fees ${formatTokensShort(fees.mint_and_redeem_tokens_rao)} tokens, management ${formatTokensShort(fees.management_tokens_rao)}`,
    ],
  ];
}

export const NEVER_STALE = "never stale";

/** How often NAV was stale: the rows of the table `nav` that say so, where it has all, are of samples and of moments between two. */
export function staleWords({
  stale_samples: at,
  stale_spells: between,
}: Pick<IndexSummaryEntry, "stale_samples" | "stale_spells">): string {
  if (at + between === 0) return NEVER_STALE;
  if (between === 0) return `stale at ${plural(at, "sample")}`;
  const came = `${times(between)} between samples, when no price had come for too long`;
  return at === 0 ? `stale ${came}` : `stale ${times(at + between)}: at ${plural(at, "sample")}, and ${came}`;
}

function tradeFacts({ orders, flags }: IndexSummaryEntry): Fact[] {
  const given = sum(orders.given);
  const done = sum(orders.done);
  const why = listOf(orders.done);
  const facts: Fact[] = [
    ["orders", `${formatCount(done)} of ${formatCount(given)} done${why === "" ? "" : ` (${why})`}`],
    [
      "volume",
      `${formatTokensShort(orders.minted_value_rao)} TAO minted, ${formatTokensShort(orders.redeemed_value_rao)} redeemed; ${plural(orders.noise_trades, "noise trade")} of ${formatTokensShort(orders.noise_volume_rao)} TAO`,
    ],
  ];
  const refused = listOf(orders.refused);
  if (refused !== "") facts.push(["refused", refused]);
  const flagged = listOf(flags);
  facts.push(["flags", flagged === "" ? "none" : flagged]);
  return facts;
}

function payFacts({ emission, consensus, slashes, slashed_rao, inequality, epochs }: IndexSummaryEntry): Fact[] {
  const none = listOf(consensus.none);
  const slashed = new Set(slashes.map(({ validator }) => validator)).size;
  const elsewhereRao = elsewhereOnIndex(emission);
  const elsewhere = elsewhereRao === 0n ? "" : `, by the stages elsewhere ${formatTokensShort(elsewhereRao)}`;
  return [
    [
      "pot",
      `${formatTokensShort(emission.pot_rao)} alpha: participants ${formatTokensShort(emission.miners_rao)}, validators ${formatTokensShort(emission.validators_rao)}, burnt ${formatTokensShort(emission.burnt_rao)}, unallocated ${formatTokensShort(emission.unallocated_rao)}${elsewhere}`,
    ],
    [
      "inequality",
      `Gini ${inequality.gini.toFixed(4)}; the best paid has ${formatShare(inequality.top1_share)}, the ten best ${formatShare(inequality.top10_share)}; ${formatCount(inequality.nakamoto)} of ${formatCount(inequality.members)} have more than half; score and pay correlate by ${inequality.score_pay_correlation.toFixed(4)}`,
    ],
    ["consensus", `in ${formatCount(consensus.reached)} of ${plural(epochs, "epoch")}${none === "" ? "" : `; not for ${none}`}`],
    ["slashed", slashes.length === 0 ? "nobody" : `${plural(slashed, "validator")}, ${formatTokensShort(slashed_rao)} alpha`],
  ];
}

/** Who earned what by tier and group, and who was slashed and why, as tables. */
export function indexTables(index: IndexSummaryEntry, style: ReportStyle): string[] {
  return [tiersTable(index, style), groupsTable(index, style), slashesTable(index, style)].filter((text) => text !== "");
}

/** Tier by tier, what was earned. */
export function tierColumns({ emission }: IndexSummaryEntry): readonly TableColumn<IndexSummaryEntry["tiers"][number]>[] {
  const all = BigInt(emission.miners_rao);
  return [
    { head: "tier", cell: ({ tier }) => tier },
    { head: "places", align: "right", dropOrder: 1, cell: ({ places }) => formatCount(places) },
    { head: "paid", align: "right", cell: ({ paid_rao }) => formatTokensShort(paid_rao) },
    {
      head: "share",
      align: "right",
      cell: ({ paid_rao }) => formatShare(all === 0n ? 0 : Number((BigInt(paid_rao) * 1_000_000n) / all) / 1e6),
    },
    {
      head: "a place",
      align: "right",
      cell: ({ paid_rao, places }) => (places === 0 ? "-" : formatTokensShort(BigInt(paid_rao) / BigInt(places))),
    },
  ];
}

function tiersTable(index: IndexSummaryEntry, style: ReportStyle): string {
  const table = renderTable(tierColumns(index), index.tiers, style);
  const explained = "(alpha, base and bonus together; a place is one participant in one epoch)";
  return `${hanging("Who earned what, by tier ", explained, style, { lead: style.bold })}\n${table}`;
}

const trades = (kind: string, text: string) => (kind === "validator" ? "-" : text);

/** Group by group, what was paid and traded. */
export const GROUP_COLUMNS: readonly TableColumn<IndexSummaryEntry["groups"][number]>[] = [
  { head: "group", cell: ({ group }) => group },
  { head: "members", align: "right", cell: ({ members }) => formatCount(members) },
  { head: "paid", align: "right", cell: ({ paid_rao }) => formatTokensShort(paid_rao) },
  { head: "profit TAO", align: "right", cell: ({ kind, profit_tao }) => trades(kind, formatTao(profit_tao)) },
  {
    head: "orders done",
    align: "right",
    dropOrder: 1,
    cell: ({ kind, orders, orders_done }) => trades(kind, `${formatCount(orders_done)} of ${formatCount(orders)}`),
  },
  {
    head: "response",
    align: "right",
    dropOrder: 2,
    cell: ({ kind, mean_response_ms }) => trades(kind, mean_response_ms === null ? "-" : spanText(mean_response_ms)),
  },
];

function groupsTable({ groups }: IndexSummaryEntry, style: ReportStyle): string {
  const table = renderTable(GROUP_COLUMNS, groups, style);
  return `${style.bold("By group")}\n${table}`;
}

/** Who was slashed, and why. */
export const SLASH_COLUMNS: readonly TableColumn<IndexSummaryEntry["slashes"][number]>[] = [
  { head: "validator", cell: ({ validator }) => validator },
  { head: "behaviour", cell: ({ behaviour }) => behaviour },
  { head: "severity", cell: ({ severity }) => severity },
  { head: "cause", cell: ({ cause }) => cause },
  { head: "times", align: "right", cell: ({ count }) => formatCount(count) },
  { head: "taken", align: "right", cell: ({ taken_rao }) => formatTokensShort(taken_rao) },
];

function slashesTable({ slashes }: IndexSummaryEntry, style: ReportStyle): string {
  if (slashes.length === 0) return "";
  const table = renderTable(SLASH_COLUMNS, slashes, style);
  return `${style.bold("Who was slashed, and why")} (alpha)\n${table}`;
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** `arbitrage 3, neutral 4`, the most first. */
function listOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${formatCount(count)}`)
    .join(", ");
}

/** `once`, `twice`, `3 times`. */
export function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${formatCount(count)} times`;
}

/** `42 s`, `3.2 min`, `1.5 h`. */
function spanText(timeMs: number): string {
  if (timeMs < 120_000) return `${(timeMs / 1_000).toFixed(0)} s`;
  return timeMs < 7_200_000 ? `${(timeMs / 60_000).toFixed(1)} min` : `${(timeMs / 3_600_000).toFixed(1)} h`;
}
