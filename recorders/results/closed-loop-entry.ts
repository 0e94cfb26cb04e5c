import * as z from "zod";
import type { ClosedLoopSummary } from "../../engine/index.js";
import { inSnakeCase } from "./in-snake-case.js";

const decimal = z.string().regex(/^-?\d+$/);
const number = z.number();
/** Null in manifests that are older than it. */
const later = <T extends z.ZodType>(type: T) => type.nullable().default(null);

const strategyEntry = z.object({
  group: z.string(),
  strategy: z.string(),
  miners: number,
  begun: number,
  entitled_rao: decimal,
  paid_rao: decimal,
  sold_rao: decimal,
  bought_rao: decimal,
  proceeds_rao: decimal,
  spent_rao: decimal,
  registrations_rao: decimal,
  seats_rao: decimal,
  stake_end_rao: decimal,
  tao_end_rao: decimal,
  seats_taken: later(number),
  seats_lost: later(number),
  orders: number,
  orders_done: number,
  multiplier_paid: number,
  held_share_paid: number,
  held_days_paid: number,
  sell_pressure: number,
  slippage_tao: number,
  profit_tao: number,
});

const ratingEntry = z.object({
  group: z.string(),
  behaviour: z.string(),
  validators: number,
  stake_rao: decimal,
  stake_share: number,
  ratings: number,
  deviation: number,
  clipped_share: number,
  dividend_share: number.nullable().default(null),
});

/** `ClosedLoopSummary` as the manifest holds it. */
export const closedLoopEntry = z.object({
  subnets: z.array(
    z.object({
      netuid: number,
      alternative: z.object({ group: z.string(), name: z.string() }).nullable(),
      epochs: number,
      decisions: number,
      price: z.object({ start_tao: number, end_tao: number, lowest_tao: number, highest_tao: number }),
      pool: z.object({ tao_rao: decimal, alpha_rao: decimal, tao_in_rao: decimal, alpha_in_rao: decimal }).nullable(),
      sell_pressure: number,
      held_end: number,
      gini: number,
      churn_per_day: later(number),
      moved: later(z.array(z.object({ from: z.string(), to: z.string(), rao: number }))),
      strategies: z.array(strategyEntry),
      validators: z.array(ratingEntry).default([]),
    }),
  ),
});
export type ClosedLoopEntry = z.infer<typeof closedLoopEntry>;
export type LoopSubnetEntry = ClosedLoopEntry["subnets"][number];
export type RatingEntry = LoopSubnetEntry["validators"][number];
export type StrategyEntry = z.infer<typeof strategyEntry>;

/** @throws ZodError when the engine's summary has other parts than the manifest is declared to hold */
export function toClosedLoopEntry(summary: ClosedLoopSummary): ClosedLoopEntry {
  return closedLoopEntry.parse(inSnakeCase(summary));
}

/** What one of the strategies that a group could follow came to. */
export interface AlternativeEntry {
  readonly name: string;
  /** Of the group that follows it. */
  readonly own: StrategyEntry;
  readonly subnet: LoopSubnetEntry;
}

/** The strategies that a group could follow, in the order of the scenario; empty: there are no alternatives. */
export function alternativesOf({ subnets }: ClosedLoopEntry): readonly AlternativeEntry[] {
  return subnets.flatMap((subnet) => {
    const { alternative } = subnet;
    const own = subnet.strategies.find(({ group }) => group === alternative?.group);
    return alternative === null || own === undefined ? [] : [{ name: alternative.name, own, subnet }];
  });
}

/** The one that the others are measured against: who holds, or the first; undefined: there is none. */
export function baseOf(alternatives: readonly AlternativeEntry[]): AlternativeEntry | undefined {
  return alternatives.find(({ name }) => name === "hold") ?? alternatives[0];
}

/** Profit of a miner of a group, in the mean over those that had begun, TAO. */
export function profitEach({ profit_tao, begun }: StrategyEntry): number {
  return begun === 0 ? 0 : profit_tao / begun;
}
