import * as z from "zod";
import type { HandedOverSummary } from "../../engine/index.js";
import { inSnakeCase } from "./in-snake-case.js";

const decimal = z.string().regex(/^-?\d+$/);
const number = z.number();

const recordedEntry = z.object({
  stake_start_rao: decimal,
  stake_end_rao: decimal,
  paid_rao: decimal,
  acts: number,
  came_rao: decimal,
  spent_rao: decimal,
  left_rao: decimal,
  proceeds_rao: decimal,
  unpriced_rao: decimal,
  arrived_elsewhere_rao: decimal,
  profit_tao: number,
});

const handedMinerEntry = z.object({
  name: z.string(),
  netuid: number,
  hotkeys: z.array(z.string()),
  coldkey: z.string(),
  strategy: z.string(),
  from_ms: number,
  start_price_tao: number,
  end_price_tao: number,
  stake_start_rao: decimal,
  stake_end_rao: decimal,
  tao_start_rao: decimal,
  tao_end_rao: decimal,
  paid_rao: decimal,
  sold_rao: decimal,
  proceeds_rao: decimal,
  bought_rao: decimal,
  spent_rao: decimal,
  received_rao: decimal,
  orders: number,
  orders_done: number,
  multiplier_paid: number,
  held_share_paid: number,
  held_days_paid: number,
  profit_tao: number,
  as_recorded: recordedEntry,
});

/** `HandedOverSummary` as the manifest holds it. */
export const handedOverEntry = z.object({ decisions: number, miners: z.array(handedMinerEntry) });
export type HandedOverEntry = z.infer<typeof handedOverEntry>;
export type HandedMinerEntry = z.infer<typeof handedMinerEntry>;

/** @throws ZodError when the engine's summary has other parts than the manifest is declared to hold */
export function toHandedOverEntry(summary: HandedOverSummary): HandedOverEntry {
  return handedOverEntry.parse(inSnakeCase(summary));
}
