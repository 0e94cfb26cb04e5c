import { InvariantError } from "./errors.js";
import { floor } from "./math.js";
import { nthSmallest } from "./nth-smallest.js";

/** Resolution of the integer quotas that float weights become: 2^52. */
const QUOTA_SCALE = 4_503_599_627_370_496;
/** Limbs of 24 bits: products of two, and sums of a few of them, are exact in a double. */
const LIMB = 16_777_216;
const INVERSE_LIMB = 1 / LIMB;
const LIMB2 = LIMB * LIMB;

/**
 * Shares integer pots by float weights (docs/explanation/units.md): q_i = floor(w_i / w_max * 2^52), quota_i = pot * q_i / sum(q),
 * rounded down; the left-over rao go to the largest remainders, ties to the lower index. The parts sum to the pot.
 *
 * pot * q_i has up to 105 bits, so each quota is estimated in floating point and its remainder pot * q_i - part * sum(q),
 * which must be in [0, sum(q)), is computed in 24-bit limbs; that corrects the estimate and is what the left-over goes by.
 */
export class PotSharing {
  private quota = new Float64Array(256);
  /** Remainder as high * 2^24 + low. */
  private high = new Float64Array(256);
  private low = new Float64Array(256);
  private sorted = new Float64Array(256);

  /**
   * @param potRao whole rao, 0 or more, below 2^53
   * @param weights finite, 0 or more; index order is uid order; at most 2^18 of them
   * @param parts receives the parts, rao
   * @returns whether anyone could be given anything; with all weights zero the parts are zero and the pot is unallocated
   */
  share(potRao: number, weights: Float64Array, count: number, parts: Float64Array): boolean {
    parts.fill(0, 0, count);
    let largest = 0;
    for (let i = 0; i < count; i++) if (weights[i] > largest) largest = weights[i];
    if (!(largest > 0)) return false;
    if (potRao === 0) return true;
    this.reserve(count);
    const { quota } = this;
    // The sum of quotas passes 2^53, so it is kept as high * 2^48 + low; its limbs are s2, s1, s0.
    let sumHigh = 0;
    let sumLow = 0;
    for (let i = 0; i < count; i++) {
      const q = floor((weights[i] / largest) * QUOTA_SCALE);
      quota[i] = q;
      const qHigh = floor(q / LIMB2);
      sumHigh += qHigh;
      sumLow += q - qHigh * LIMB2;
      if (sumLow >= LIMB2) {
        sumLow -= LIMB2;
        sumHigh += 1;
      }
    }
    const left = this.floors(potRao, count, sumHigh, sumLow, parts);
    if (left > 0) this.giveLeft(left, count, parts);
    return true;
  }

  /** Quotas rounded down into `parts`, remainders into `high` and `low`; answers what is left of the pot. */
  private floors(potRao: number, count: number, sumHigh: number, sumLow: number, parts: Float64Array): number {
    const { quota, high, low } = this;
    const sum = sumHigh * LIMB2 + sumLow;
    const s2 = sumHigh;
    const s1 = floor(sumLow * INVERSE_LIMB);
    const s0 = sumLow - s1 * LIMB;
    const p2 = floor(potRao / LIMB2);
    const pRest = potRao - p2 * LIMB2;
    const p1 = floor(pRest * INVERSE_LIMB);
    const p0 = pRest - p1 * LIMB;
    let left = potRao;
    for (let i = 0; i < count; i++) {
      const q = quota[i];
      const q2 = floor(q / LIMB2);
      const qRest = q - q2 * LIMB2;
      const q1 = floor(qRest * INVERSE_LIMB);
      const q0 = qRest - q1 * LIMB;
      let part = floor(potRao * (q / sum));
      const e2 = floor(part / LIMB2);
      const eRest = part - e2 * LIMB2;
      const e1 = floor(eRest * INVERSE_LIMB);
      const e0 = eRest - e1 * LIMB;
      let r0 = p0 * q0 - e0 * s0;
      let r1 = p0 * q1 + p1 * q0 - e0 * s1 - e1 * s0;
      // The remainder is below 2^72 in size, so the limbs above need no parts of their own.
      let r2 = p0 * q2 + p1 * q1 + p2 * q0 - e0 * s2 - e1 * s1 - e2 * s0;
      const r3 = p1 * q2 + p2 * q1 - e1 * s2 - e2 * s1;
      const r4 = p2 * q2 - e2 * s2;
      const c0 = floor(r0 * INVERSE_LIMB);
      r0 -= c0 * LIMB;
      r1 += c0;
      const c1 = floor(r1 * INVERSE_LIMB);
      r1 -= c1 * LIMB;
      r2 += c1 + (r3 + r4 * LIMB) * LIMB;
      let rHigh = r2 * LIMB + r1;
      while (rHigh < 0) {
        part -= 1;
        rHigh += s2 * LIMB + s1;
        r0 += s0;
        if (r0 >= LIMB) {
          r0 -= LIMB;
          rHigh += 1;
        }
      }
      while (rHigh > s2 * LIMB + s1 || (rHigh === s2 * LIMB + s1 && r0 >= s0)) {
        part += 1;
        rHigh -= s2 * LIMB + s1;
        r0 -= s0;
        if (r0 < 0) {
          r0 += LIMB;
          rHigh -= 1;
        }
      }
      high[i] = rHigh;
      low[i] = r0;
      parts[i] = part;
      left -= part;
    }
    if (left < 0 || left > count) throw new InvariantError(`${left} of a pot of ${potRao} rao are left for ${count} shares`);
    return left;
  }

  /** One rao each to the `left` largest remainders, ties to the lower index. */
  private giveLeft(left: number, count: number, parts: Float64Array): void {
    const { high, low, sorted } = this;
    sorted.set(high.subarray(0, count));
    const threshold = nthSmallest(sorted, count, count - left);
    const tied: number[] = [];
    let given = 0;
    for (let i = 0; i < count; i++) {
      if (high[i] > threshold) {
        parts[i] += 1;
        given += 1;
      } else if (high[i] === threshold) tied.push(i);
    }
    if (tied.length > left - given) tied.sort((a, b) => low[b] - low[a] || a - b);
    for (let k = 0; k < left - given; k++) parts[tied[k]] += 1;
  }

  private reserve(count: number): void {
    if (count <= this.quota.length) return;
    this.quota = new Float64Array(count * 2);
    this.high = new Float64Array(count * 2);
    this.low = new Float64Array(count * 2);
    this.sorted = new Float64Array(count * 2);
  }
}
