import { partFloor } from "../kernel/decimal.js";
import { max, min } from "../kernel/math.js";
import { PotSharing } from "../kernel/pot.js";

/** How many are capped together. */
const TOP = 10;

/**
 * `max_top10_share`: the ten best paid miners together get at most this share of what miners are paid. What is cut goes
 * to the others who are paid, in proportion to their pay; nobody is lifted above the lowest paid of the ten. Where the
 * others are then full, the ten are drawn towards their mean as far as it takes; what still finds no taker (ten miners
 * or fewer, or too few others) is left over.
 */
export class ConcentrationCap {
  private readonly pot = new PotSharing();
  private readonly order: Int32Array;
  private readonly weights: Float64Array;
  private readonly parts: Float64Array;

  /** @param maxShare in (0, 1] */
  constructor(
    private readonly minerCount: number,
    private readonly maxShare: number,
  ) {
    this.order = Int32Array.from({ length: minerCount }, (_, miner) => miner);
    this.weights = new Float64Array(minerCount + 1);
    this.parts = new Float64Array(minerCount + 1);
  }

  /**
   * Caps pay in place.
   *
   * @param paidRao by miner, whole rao, together below 2^53
   * @returns rao that nobody gets
   */
  apply(paidRao: Float64Array): number {
    const { order, parts } = this;
    order.sort((a, b) => paidRao[b] - paidRao[a] || a - b);
    let paid = 0;
    while (paid < this.minerCount && paidRao[order[paid]] > 0) paid += 1;
    const top = min(TOP, paid);
    let topRao = 0;
    for (let k = 0; k < top; k++) topRao += paidRao[order[k]];
    let restRao = 0;
    for (let k = top; k < paid; k++) restRao += paidRao[order[k]];
    const limitRao = min(topRao, partFloor(topRao + restRao, this.maxShare));
    if (topRao === limitRao) return 0;
    const others = paid - top;
    const potRao = topRao + restRao - limitRao;
    const level = this.shareTop(paidRao, top, topRao, limitRao, others === 0 ? 0 : potRao / others);
    let leftRao = potRao;
    if (others > 0) {
      this.shareOthers(paidRao, top, others, restRao, potRao, level);
      leftRao = parts[others];
      for (let k = 0; k < others; k++) {
        // Largest remainders can lift one rao above the level.
        const part = min(parts[k], level);
        leftRao += parts[k] - part;
        paidRao[order[top + k]] = part;
      }
    }
    return leftRao;
  }

  /** Shares the limit among the ten; answers the least that one of them gets. */
  private shareTop(paidRao: Float64Array, top: number, topRao: number, limitRao: number, neededRao: number): number {
    const { order, weights, parts } = this;
    const scale = limitRao / topRao;
    const mean = limitRao / top;
    const lowest = scale * paidRao[order[top - 1]];
    // 1: their pay keeps its proportions; 0: all ten alike.
    const spread = neededRao <= lowest || mean <= lowest ? 1 : max(0, (mean - neededRao) / (mean - lowest));
    for (let k = 0; k < top; k++) weights[k] = mean + spread * (scale * paidRao[order[k]] - mean);
    // With a limit of 0 all weights are 0 and so are the parts.
    this.pot.share(limitRao, weights, top, parts);
    let least = limitRao;
    for (let k = 0; k < top; k++) {
      paidRao[order[k]] = parts[k];
      least = min(least, parts[k]);
    }
    return least;
  }

  /** Shares what is cut and the others' own pay among the others, none above the level; the last part is left over. */
  private shareOthers(paidRao: Float64Array, top: number, others: number, restRao: number, potRao: number, level: number): void {
    const { order, weights, parts } = this;
    let full = 0;
    let waitingRao = restRao;
    while (full < others && ((potRao - full * level) * paidRao[order[top + full]]) / waitingRao > level) {
      waitingRao -= paidRao[order[top + full]];
      full += 1;
    }
    const openRao = max(0, potRao - full * level);
    for (let k = 0; k < full; k++) weights[k] = level;
    for (let k = full; k < others; k++) weights[k] = (openRao * paidRao[order[top + k]]) / waitingRao;
    weights[others] = full === others ? openRao : 0;
    this.pot.share(potRao, weights, others + 1, parts);
  }
}
