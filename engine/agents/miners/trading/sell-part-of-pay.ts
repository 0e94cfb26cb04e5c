import { partFloor } from "../../../kernel/decimal.js";
import type { MinerOrders } from "../miner-orders.js";
import type { MinerView } from "../miner-view.js";
import { sellWorthwhile } from "./sell-worthwhile.js";

/** Sells a part of what the last epoch paid, of each key, as far as its stake goes. @param share 0..1 */
export function sellPartOfPay(seen: MinerView, orders: MinerOrders, share: number): void {
  for (const { key, paidRao, stakeRao } of seen.keys) {
    const wantedRao = partFloor(paidRao, share);
    sellWorthwhile(seen, orders, key, wantedRao < stakeRao ? wantedRao : stakeRao);
  }
}
