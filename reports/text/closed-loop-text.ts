import {
  type AlternativeEntry,
  alternativesOf,
  baseOf,
  type ClosedLoopEntry,
  type LoopSubnetEntry,
  profitEach,
  type RatingEntry,
  type StrategyEntry,
} from "../../recorders/index.js";
import { formatTokensShort } from "../format/amount.js";
import { formatCount, formatDays, formatGain, formatMultiplier, formatShare, formatTao, formatTaoChange } from "../format/numbers.js";
import type { ReportStyle } from "../style.js";
import { renderTable, type TableColumn } from "../table.js";
import { hanging } from "./paragraph.js";

type Fact = [string, string];

/** Subnets whose facts are shown; all are in `--json`. */
const SHOWN = 3;

const price = (tao: number): string => (tao === 0 ? "none" : tao.toPrecision(6).replace(/\.?0+$/, ""));

/** What a closed loop came to, a line a fact. */
export function closedLoopFacts({ subnets }: ClosedLoopEntry): Fact[] {
  const facts = subnets.slice(0, SHOWN).flatMap((subnet) => factsOf(subnet, subnets.length > 1));
  if (subnets.length > SHOWN) facts.push(["", `and ${formatCount(subnets.length - SHOWN)} more subnets (--json)`]);
  return facts;
}

/** Flows of pay between groups that are shown; all are in `--json`. */
const FLOWS_SHOWN = 3;

function factsOf(subnet: LoopSubnetEntry, many: boolean): Fact[] {
  const { netuid, alternative, price: moved, pool, sell_pressure, held_end, decisions } = subnet;
  const of = many ? `subnet ${netuid}${alternative === null ? "" : ` (${alternative.name})`}: ` : "";
  const depth = pool === null ? "" : `; ${formatTokensShort(pool.tao_rao)} TAO in the pool at the end`;
  const range = `between ${price(moved.lowest_tao)} and ${price(moved.highest_tao)}`;
  return [
    ["price", `${of}${price(moved.start_tao)} -> ${price(moved.end_tao)} TAO an alpha, ${range}${depth}`],
    [
      "sold",
      `${of}${formatShare(sell_pressure)} of what was paid; ${formatShare(held_end)} of all there ever was is still staked; ${formatCount(decisions)} decisions`,
    ],
    ...movedFacts(subnet, of),
    ...refusedFacts(subnet, of),
  ];
}

/** Orders that could not be carried out: a strategy that asks for what nobody can have is not what it seems to be. */
function refusedFacts({ strategies }: LoopSubnetEntry, of: string): Fact[] {
  const refused = strategies.flatMap(({ group, orders, orders_done: done }) => (orders > done ? [{ group, count: orders - done }] : []));
  if (refused.length === 0) return [];
  const count = (of: readonly { readonly count: number }[]) => of.reduce((sum, one) => sum + one.count, 0);
  const all = strategies.reduce((sum, { orders }) => sum + orders, 0);
  const groups = refused.sort((a, b) => b.count - a.count).slice(0, FLOWS_SHOWN);
  const named = groups.map(({ group, count: own }) => `${group} ${formatCount(own)}`).join(", ");
  const more = refused.length > groups.length ? `, and ${refused.length - groups.length} more` : "";
  return [
    ["refused", `${of}${formatCount(count(refused))} of ${formatCount(all)} orders (${named}${more}); the table agent_orders says why`],
  ];
}

/** Whom the rule takes pay from, and who gets it; and how many seats change hands. */
function movedFacts({ moved, strategies, churn_per_day: churn }: LoopSubnetEntry, of: string): Fact[] {
  const facts: Fact[] = [];
  const others = (moved ?? []).filter(({ from, to }) => from !== to);
  const paidRao = strategies.reduce((sum, { paid_rao }) => sum + Number(paid_rao), 0);
  if (others.length > 0 && paidRao > 0) {
    const share = others.reduce((sum, { rao }) => sum + rao, 0) / paidRao;
    const flows = others.slice(0, FLOWS_SHOWN).map(({ from, to, rao }) => `${from} to ${to} ${formatTokensShort(BigInt(Math.round(rao)))}`);
    facts.push([
      "moved",
      `${of}${formatShare(share)} of what was paid, against base weights, from group to group; most alpha: ${flows.join("; ")}`,
    ]);
  }
  if (churn !== null && churn > 0) facts.push(["churn", `${of}${formatShare(churn)} of the seats go to another miner a day`]);
  return facts;
}

/** What each strategy made, as tables: group by group, and what alternatives would have made of one group. */
export function closedLoopTables(loop: ClosedLoopEntry, style: ReportStyle): string[] {
  const { subnets } = loop;
  const alternatives = alternativesTable(loop, style);
  const validators = validatorsTable(loop, style);
  const [first] = subnets;
  const named = subnets.length === 1 ? "" : ` on subnet ${first.netuid}${first.alternative === null ? "" : ` (${first.alternative.name})`}`;
  return [
    strategiesTable(first, named, style),
    ...(validators === null ? [] : [validators]),
    ...(alternatives === null ? [] : [alternatives]),
  ];
}

/** A group of validators with the subnet that it rates on. */
interface RatedGroup {
  readonly subnet: LoopSubnetEntry;
  readonly one: RatingEntry;
}

/** Group by group, of the first subnets; none where there are no validators. */
export function ratingRows({ subnets }: ClosedLoopEntry): readonly RatedGroup[] {
  return subnets.slice(0, SHOWN).flatMap((subnet) => subnet.validators.map((one) => ({ subnet, one })));
}

export function ratingColumns({ subnets }: ClosedLoopEntry): readonly TableColumn<RatedGroup>[] {
  const rated =
    (of: (one: RatingEntry) => number) =>
    ({ one }: RatedGroup) =>
      one.ratings === 0 ? "-" : formatShare(of(one));
  return [
    ...(subnets.length === 1
      ? []
      : [{ head: "subnet", cell: ({ subnet }: RatedGroup) => subnet.alternative?.name ?? String(subnet.netuid) }]),
    { head: "group", cell: ({ one }) => one.group },
    { head: "behaviour", dropOrder: 1, cell: ({ one }) => one.behaviour },
    { head: "validators", align: "right", dropOrder: 2, cell: ({ one }) => formatCount(one.validators) },
    { head: "of the stake", align: "right", cell: ({ one }) => formatShare(one.stake_share) },
    { head: "off consensus", align: "right", cell: rated(({ deviation }) => deviation) },
    { head: "clipped", align: "right", cell: rated(({ clipped_share }) => clipped_share) },
    ...(subnets.every(({ validators }) => validators.every(({ dividend_share }) => dividend_share === null))
      ? []
      : [
          {
            head: "dividends",
            align: "right" as const,
            cell: ({ one }: RatedGroup) => (one.dividend_share === null ? "-" : formatShare(one.dividend_share)),
          },
        ]),
  ];
}

/** Null: there are no validators. */
function validatorsTable(loop: ClosedLoopEntry, style: ReportStyle): string | null {
  const rows = ratingRows(loop);
  if (rows.length === 0) return null;
  const table = renderTable(ratingColumns(loop), rows, style);
  const explained = "(off consensus: sum|w - c| / (sum w + sum c); clipped: of their weight, above the consensus; means over epochs)";
  return `${hanging("What validators rated ", explained, style, { lead: style.bold })}\n${table}`;
}

/** Group by group, what a strategy made. */
export const STRATEGY_COLUMNS: readonly TableColumn<StrategyEntry>[] = [
  { head: "group", cell: ({ group }) => group },
  { head: "strategy", dropOrder: 2, cell: ({ strategy }) => strategy },
  { head: "miners", align: "right", dropOrder: 3, cell: ({ begun }) => formatCount(begun) },
  {
    head: "paid each",
    align: "right",
    cell: (one) => (one.begun === 0 ? "-" : formatTokensShort(BigInt(one.paid_rao) / BigInt(one.begun))),
  },
  {
    head: "vs base",
    align: "right",
    dropOrder: 1,
    cell: paidGain,
  },
  { head: "multiplier", align: "right", cell: ({ multiplier_paid }) => formatMultiplier(multiplier_paid) },
  { head: "held share", align: "right", dropOrder: 5, cell: ({ held_share_paid }) => formatShare(held_share_paid) },
  { head: "held days", align: "right", dropOrder: 6, cell: ({ held_days_paid }) => formatDays(held_days_paid) },
  { head: "sold", align: "right", dropOrder: 4, cell: ({ sell_pressure }) => formatShare(sell_pressure) },
  {
    head: "profit TAO each",
    align: "right",
    cell: ({ profit_tao, begun }) => (begun === 0 ? "-" : formatTao(profit_tao / begun)),
  },
];

function strategiesTable({ strategies }: LoopSubnetEntry, named: string, style: ReportStyle): string {
  const table = renderTable(STRATEGY_COLUMNS, strategies, style);
  const explained = "(paid: alpha; multiplier, held share and days weighted by pay; sold: of what was paid; profit: at the last price)";
  return `${hanging(`What each strategy made${named} `, explained, style, { lead: style.bold })}\n${table}`;
}

/** Strategies that a group could follow, the most profitable first. */
export interface RankedAlternatives {
  /** Whose profit the others are measured against. */
  readonly base: AlternativeEntry;
  readonly ranked: readonly AlternativeEntry[];
  readonly columns: readonly TableColumn<AlternativeEntry>[];
}

/** Null: there are no two to choose from. */
export function rankedAlternatives(loop: ClosedLoopEntry): RankedAlternatives | null {
  const rows = alternativesOf(loop);
  const base = baseOf(rows);
  if (base === undefined || rows.length < 2) return null;
  const profit = ({ own }: AlternativeEntry) => profitEach(own);
  const columns: readonly TableColumn<AlternativeEntry>[] = [
    { head: "strategy", cell: ({ name }) => name },
    { head: "profit TAO each", align: "right", cell: (one) => formatTao(profit(one)) },
    { head: `vs ${base.name}`, align: "right", cell: (one) => formatTaoChange(profit(one) - profit(base)) },
    { head: "paid vs base", align: "right", dropOrder: 1, cell: ({ own }) => paidGain(own) },
    { head: "multiplier", align: "right", dropOrder: 2, cell: ({ own }) => formatMultiplier(own.multiplier_paid) },
    { head: "sold", align: "right", dropOrder: 3, cell: ({ own }) => formatShare(own.sell_pressure) },
    { head: "price at the end", align: "right", dropOrder: 4, cell: ({ subnet }) => price(subnet.price.end_tao) },
  ];
  return { base, ranked: [...rows].sort((a, b) => profit(b) - profit(a)), columns };
}

function alternativesTable(loop: ClosedLoopEntry, style: ReportStyle): string | null {
  const alternatives = rankedAlternatives(loop);
  if (alternatives === null) return null;
  const { base, ranked, columns } = alternatives;
  const table = renderTable(columns, ranked, style);
  const explained = "(each on a subnet of its own, with the same draws for everybody; one run: no interval, see --replicates)";
  return `${hanging(`What strategies would make of ${style.legible(base.own.group)} `, explained, style, { lead: style.bold })}\n${table}`;
}

function paidGain({ paid_rao, entitled_rao }: StrategyEntry): string {
  return entitled_rao === "0" ? "-" : formatGain(Number(paid_rao) / Number(entitled_rao));
}
