import * as z from "zod";
import type { IndexSummary } from "../../engine/index.js";
import { inSnakeCase } from "./in-snake-case.js";

const decimal = z.string().regex(/^-?\d+$/);
const counts = z.record(z.string(), z.number());
const number = z.number();
const span = z.object({ start_tao: number, end_tao: number });

/** `IndexSummary` as the manifest holds it. */
export const indexSummaryEntry = z.object({
  netuid: number,
  epochs: number,
  founded_ms: number.nullable(),
  samples: number,
  stale_samples: number,
  stale_spells: number,
  dropped_prices: number,
  nav: span,
  price: span,
  premium: z.object({
    samples: number,
    mean: number,
    mean_absolute: number,
    rms: number,
    largest: number,
    tracking_error_per_year: number,
    autocorrelation: number,
    half_life_ms: number.nullable(),
  }),
  fund: z.object({
    supply_rao: decimal,
    minted_rao: decimal,
    redeemed_rao: decimal,
    cash_rao: decimal,
    rebalances: number,
    refused_rebalances: counts,
    missing_days: z.array(number),
  }),
  orders: z.object({
    given: counts,
    done: counts,
    refused: counts,
    minted_value_rao: decimal,
    redeemed_value_rao: decimal,
    noise_trades: number,
    noise_volume_rao: decimal,
  }),
  fees: z.object({
    mint_and_redeem_tokens_rao: decimal,
    management_tokens_rao: decimal,
    pool_tokens_rao: decimal,
    pool_tao_rao: decimal,
    transaction_tao_rao: decimal,
  }),
  emission: z.object({
    pot_rao: decimal,
    miners_rao: decimal,
    validators_rao: decimal,
    burnt_rao: decimal,
    unallocated_rao: decimal,
    withdrawn_rao: decimal,
  }),
  tiers: z.array(z.object({ tier: z.string(), places: number, paid_rao: decimal })),
  groups: z.array(
    z.object({
      group: z.string(),
      kind: z.enum(["participant", "validator"]),
      members: number,
      paid_rao: decimal,
      profit_tao: number,
      orders: number,
      orders_done: number,
      mean_inventory_ratio: number,
      mean_response_ms: number.nullable(),
    }),
  ),
  consensus: z.object({ reached: number, none: counts }),
  slashes: z.array(
    z.object({
      validator: z.string(),
      group: z.string(),
      behaviour: z.string(),
      cause: z.string(),
      severity: z.string(),
      count: number,
      overturned: number,
      held: number,
      taken_rao: decimal,
    }),
  ),
  slashed_rao: decimal,
  flags: counts,
  inequality: z.object({
    members: number,
    gini: number,
    theil: number,
    herfindahl: number,
    nakamoto: number,
    top1_share: number,
    top10_share: number,
    lorenz: z.array(number),
    score_pay_correlation: number,
  }),
  accounts: z.object({
    fund_treasury_tokens_rao: decimal,
    burnt_tao_rao: decimal,
    burnt_alpha_rao: decimal,
    treasury_alpha_rao: decimal,
  }),
});
export type IndexSummaryEntry = z.infer<typeof indexSummaryEntry>;

/** @throws ZodError when the engine's summary has other parts than the manifest is declared to hold */
export function toIndexSummaryEntry(summary: IndexSummary): IndexSummaryEntry {
  return indexSummaryEntry.parse(inSnakeCase(summary));
}
