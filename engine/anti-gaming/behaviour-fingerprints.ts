import { compareWithDecimal, Fraction } from "../kernel/decimal.js";
import { ceil, max, min } from "../kernel/math.js";
import type { ClusterConfiguration } from "./configuration.js";

/**
 * Fingerprints of behaviour in time and size. An account's fingerprint is its net operation (minted less redeemed, rao) in
 * each bin of time over the last epochs; two accounts are compared by Lin's concordance correlation (Biometrics 45, 1989)
 *
 *     2 (Sxy - n mx my) / (Sxx + Syy - 2 n mx my)
 *
 * which is 1 only for equal fingerprints: same moments, same direction, same size. Two that react to the same price with
 * unlike sizes stay below 1.
 *
 * Sums of products are kept by epoch and summed anew each time, so nothing drifts; only accounts that did anything in a
 * bin cost anything.
 */
export class BehaviourFingerprints {
  /** Net operation of the open bin, by account. */
  private readonly open: Float64Array;
  private readonly touched: Int32Array;
  private touchedCount = 0;
  private bin = Number.NEGATIVE_INFINITY;
  /** By epoch in the window: sums of products by pair, of net operations, of volumes, number of operations; by account. */
  private readonly products: Float64Array[];
  private readonly sums: Float64Array[];
  private readonly volumesRao: Float64Array[];
  private readonly operations: Float64Array[];
  private readonly bins: Float64Array;
  private readonly startMs: Float64Array;
  private slot = 0;
  /** Of the whole window, after `closeEpoch`. */
  private readonly windowProducts: Float64Array;
  private readonly windowSums: Float64Array;
  private windowBins = 0;
  windowStartMs = 0;
  readonly windowVolumeRao: Float64Array;
  readonly windowOperations: Float64Array;

  constructor(
    readonly accounts: number,
    private readonly rules: ClusterConfiguration,
  ) {
    const pairs = (accounts * (accounts + 1)) / 2;
    const columns = (length: number) => Array.from({ length: rules.windowEpochs }, () => new Float64Array(length));
    this.open = new Float64Array(accounts);
    this.touched = new Int32Array(accounts);
    this.products = columns(pairs);
    this.sums = columns(accounts);
    this.volumesRao = columns(accounts);
    this.operations = columns(accounts);
    this.bins = new Float64Array(rules.windowEpochs);
    this.startMs = new Float64Array(rules.windowEpochs).fill(Number.POSITIVE_INFINITY);
    this.windowProducts = new Float64Array(pairs);
    this.windowSums = new Float64Array(accounts);
    this.windowVolumeRao = new Float64Array(accounts);
    this.windowOperations = new Float64Array(accounts);
  }

  /** @param signedRao above 0 minted, below 0 redeemed; not 0 */
  record(account: number, timeMs: number, signedRao: number): void {
    const bin = ceil(timeMs / this.rules.binMs) - 1;
    if (bin !== this.bin) {
      this.closeBin();
      this.bin = bin;
    }
    const { slot } = this;
    let known = false;
    for (let k = 0; k < this.touchedCount && !known; k++) known = this.touched[k] === account;
    if (!known) this.touched[this.touchedCount++] = account;
    this.open[account] += signedRao;
    this.volumesRao[slot][account] += signedRao > 0 ? signedRao : -signedRao;
    this.operations[slot][account] += 1;
  }

  /** Ends an epoch (startMs, endMs] and sums the window. */
  closeEpoch(startMs: number, endMs: number): void {
    this.closeBin();
    this.bins[this.slot] = max(1, ceil((endMs - startMs) / this.rules.binMs));
    this.startMs[this.slot] = startMs;
    this.sumWindow();
    this.windowStartMs = min(...this.startMs);
    this.slot = (this.slot + 1) % this.rules.windowEpochs;
    for (const columns of [this.products, this.sums, this.volumesRao, this.operations]) columns[this.slot].fill(0);
    this.bins[this.slot] = 0;
    this.startMs[this.slot] = Number.POSITIVE_INFINITY;
  }

  /** Concordance of two accounts over the window, -1..1; 0 where neither did anything. */
  concordance(one: number, other: number): number {
    const { windowProducts: products, windowSums: sums } = this;
    const shared = (sums[one] * sums[other]) / this.windowBins;
    const spread = products[pairOf(one, one)] + products[pairOf(other, other)] - 2 * shared;
    if (!(spread > 0)) return 0;
    return max(-1, min(1, (2 * (products[pairOf(one, other)] - shared)) / spread));
  }

  /** Do two accounts reach a likeness that was written as a decimal? Exact in the sums of the window. */
  areAlike(one: number, other: number, similarity: number): boolean {
    const concordance = this.concordance(one, other);
    return concordance > 0 && compareWithDecimal(concordance, 1e-12, similarity, () => this.concordanceExactly(one, other)) >= 0;
  }

  private concordanceExactly(one: number, other: number): Fraction {
    const { windowProducts: products, windowSums: sums } = this;
    const product = (a: number, b: number) => Fraction.decimal(products[pairOf(a, b)]);
    const shared = Fraction.decimal(sums[one]).times(Fraction.decimal(sums[other])).over(Fraction.whole(this.windowBins));
    const twice = (value: Fraction) => value.plus(value);
    const spread = product(one, one).plus(product(other, other)).minus(twice(shared));
    return spread.numerator > 0n ? twice(product(one, other).minus(shared)).over(spread) : Fraction.whole(0);
  }

  private closeBin(): void {
    const { open, touched, touchedCount } = this;
    const products = this.products[this.slot];
    const sums = this.sums[this.slot];
    for (let a = 0; a < touchedCount; a++) {
      const one = touched[a];
      sums[one] += open[one];
      for (let b = a; b < touchedCount; b++) products[pairOf(one, touched[b])] += open[one] * open[touched[b]];
    }
    for (let k = 0; k < touchedCount; k++) open[touched[k]] = 0;
    this.touchedCount = 0;
  }

  private sumWindow(): void {
    const { rules } = this;
    const totals = [
      [this.windowProducts, this.products],
      [this.windowSums, this.sums],
      [this.windowVolumeRao, this.volumesRao],
      [this.windowOperations, this.operations],
    ] as const;
    for (const [total, columns] of totals) {
      total.fill(0);
      for (let back = rules.windowEpochs - 1; back >= 0; back--) {
        const column = columns[(this.slot - back + rules.windowEpochs) % rules.windowEpochs];
        for (let i = 0; i < total.length; i++) total[i] += column[i];
      }
    }
    this.windowBins = 0;
    for (const bins of this.bins) this.windowBins += bins;
  }
}

/** Where the pair stands in a triangle. */
function pairOf(one: number, other: number): number {
  return one >= other ? (one * (one + 1)) / 2 + other : (other * (other + 1)) / 2 + one;
}
