import type { MinerOrders } from "../miner-orders.js";
import type { MinerView } from "../miner-view.js";

/** Sells stake of one key, unless the market would give nothing for it: such a sale is refused, and nobody has to ask to know. */
export function sellWorthwhile(seen: MinerView, orders: MinerOrders, key: number, alphaRao: number): void {
  if (alphaRao > 0 && seen.proceedsRao(alphaRao) > 0) orders.sell(key, alphaRao);
}

/** Sells stake, the first key's first. @param alphaRao at most what is on all keys together */
export function sellAcrossKeys(seen: MinerView, orders: MinerOrders, alphaRao: number): void {
  let leftRao = alphaRao;
  for (const { key, stakeRao } of seen.keys) {
    if (leftRao <= 0) return;
    const soldRao = leftRao < stakeRao ? leftRao : stakeRao;
    sellWorthwhile(seen, orders, key, soldRao);
    leftRao -= soldRao;
  }
}
