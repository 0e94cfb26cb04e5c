import { impossible } from "../../agents/miners/order-list.js";
import type { AgentRefusal } from "../../tables/vocabularies/agent-orders.js";
import type { Miner, OwnKey } from "./miner.js";

/** What became of an order, rao. */
export interface OrderOutcome {
  readonly refusal: AgentRefusal;
  /** Position that it is about; -1: none. */
  readonly position: number;
  readonly alphaRao: number;
  readonly taoRao: number;
  /** The market's fee, in what was paid in. */
  readonly feeRao: number;
  readonly priceBeforeTao: number;
  readonly priceAfterTao: number;
}

/** An order that was carried out without a market, and nothing changed hands. */
export const NOTHING = {
  refusal: "none",
  position: -1,
  alphaRao: 0,
  taoRao: 0,
  feeRao: 0,
  priceBeforeTao: 0,
  priceAfterTao: 0,
} as const satisfies OrderOutcome;

export function refused(refusal: AgentRefusal, position: number): OrderOutcome {
  return { ...NOTHING, refusal, position };
}

/** @throws TenureError TEN-AGENT-121 for a key that the miner has not */
export function keyNamed(miner: Miner, order: string, number: number): OwnKey {
  const key = miner.keys.find((one) => one.key === number);
  if (key !== undefined) return key;
  const keys = miner.keys.map((one) => one.key).join(", ");
  throw impossible(order, number, keys === "" ? "no key: it has none left" : `one of its keys: ${keys}`);
}
