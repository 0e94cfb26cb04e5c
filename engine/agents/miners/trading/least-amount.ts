import { ceil, floor } from "../../../kernel/math.js";
import type { MinerView } from "../miner-view.js";

/**
 * The least alpha whose sale brings so much TAO; `atMostRao` where not even that does.
 * In a pool of x alpha and y TAO what is paid in, less the fee, is x * out / (y - out) (docs/explanation/market.md).
 */
export function alphaForTao(seen: MinerView, taoRao: number, atMostRao: number): number {
  const { poolTaoRao, poolAlphaRao, poolFee, priceTaoPerAlpha } = seen;
  const near =
    poolTaoRao > taoRao
      ? (poolAlphaRao * taoRao) / (poolTaoRao - taoRao) / (1 - poolFee)
      : poolTaoRao === 0
        ? taoRao / priceTaoPerAlpha
        : atMostRao;
  return leastAmount(near, atMostRao, taoRao, (alphaRao) => seen.proceedsRao(alphaRao));
}

/** The least TAO that buys so much alpha; `atMostRao` where not even that does. */
export function taoForAlpha(seen: MinerView, alphaRao: number, atMostRao: number): number {
  const { poolTaoRao, poolAlphaRao, poolFee, priceTaoPerAlpha } = seen;
  const near =
    poolAlphaRao > alphaRao
      ? (poolTaoRao * alphaRao) / (poolAlphaRao - alphaRao) / (1 - poolFee)
      : poolAlphaRao === 0
        ? alphaRao * priceTaoPerAlpha
        : atMostRao;
  return leastAmount(near, atMostRao, alphaRao, (taoRao) => seen.purchaseRao(taoRao));
}

/** By doubling steps away from an estimate, then by halves: the answers rise with the amount, so each step keeps the least inside. */
function leastAmount(near: number, atMost: number, wanted: number, answer: (amount: number) => number): number {
  if (wanted <= 0) return 0;
  if (answer(atMost) < wanted) return atMost;
  let enough = atMost;
  let short = 0;
  const from = near < atMost ? floor(near) : atMost;
  if (answer(from) >= wanted) {
    enough = from;
    for (let step = 1; enough > step; step *= 2) {
      if (answer(enough - step) < wanted) {
        short = enough - step;
        break;
      }
      enough -= step;
    }
  } else {
    short = from;
    for (let step = 1; short + step < atMost; step *= 2) {
      if (answer(short + step) >= wanted) {
        enough = short + step;
        break;
      }
      short += step;
    }
  }
  while (enough - short > 1) {
    const middle = short + ceil((enough - short) / 2);
    if (answer(middle) >= wanted) enough = middle;
    else short = middle;
  }
  return enough;
}
