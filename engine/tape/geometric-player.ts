import { InvariantError } from "../kernel/errors.js";
import { gini } from "../metrics/fairness/gini.js";
import { Deciding, type RunMetricsSummary, type Span, SpanLookup, type SubnetMetrics } from "../metrics/index.js";
import { measuredRules } from "../metrics/measured-rules.js";
import { type AskedDurations, askedDurations } from "./asked-durations.js";
import { type BaseColumns, baseColumns } from "./base-columns.js";
import type { EpochTape } from "./epoch-tape.js";
import type { PlayedFigures, PlayedRule } from "./play-tape.js";
import { Recent } from "./recent.js";
import { type TargetSums, targetSums, weightedFactors } from "./target-sums.js";

/** Windows and minimums, and targets, whose sums are kept: 8 bytes a row, and 48 an epoch. */
const DURATIONS_KEPT = 2;
const TARGETS_KEPT = 256;

/**
 * May a rule be played by `GeometricPlayer`? It is the geometric one alone: no list of stages, nobody is cut, and weights become shares in
 * proportion.
 */
export function isGeometricAlone({ vesting, stages }: PlayedRule): boolean {
  const { mode, rule, belowMinimum, redistribution } = vesting;
  return mode !== "off" && stages === null && rule === "geometric" && belowMinimum === "no_bonus" && redistribution.kind === "proportional";
}

/** The epochs of a whole tape, or of a span. */
interface Part {
  readonly epochs: Int32Array;
  /** By number of the miner what it would be paid before the rule, and whether it ever had a part; made when it is first asked for. */
  before: { readonly paid: Float64Array; readonly took: Uint8Array } | null;
}

/**
 * Plays the geometric rule on a tape for many pairs of `retention_target` and `max_multiplier`
 * (docs/explanation/tuning-statistics.md#from-a-tape). With bonus = max_multiplier - 1, base shares b and combined factors q, the multiplier
 * is 1 + bonus q and shares are b (1 + bonus q) / M, M = 1 + bonus sum b q: all figures but the Gini coefficient follow from a
 * few sums an epoch, which do not depend on the bonus. Agrees with `playTape` up to rounding.
 */
export class GeometricPlayer {
  readonly #base: BaseColumns;
  readonly #whole: Part;
  readonly #spans: readonly Part[];
  readonly #durations = new Recent<AskedDurations>(DURATIONS_KEPT);
  readonly #targets = new Recent<TargetSums>(TARGETS_KEPT);
  /** By row b q of the target that was asked last for Gini coefficients; empty before the first. */
  #weighted = new Float64Array(0);
  #weightedOf = "";
  readonly #after: Float64Array;

  constructor(
    private readonly tape: EpochTape,
    spans: readonly Span[],
  ) {
    const base = baseColumns(tape);
    this.#base = base;
    this.#whole = { epochs: Int32Array.from({ length: tape.epochs }, (_, epoch) => epoch), before: null };
    this.#spans = partsOf(tape, spans);
    this.#after = new Float64Array(base.miners);
  }

  /**
   * @param withGini whether Gini coefficients are wanted, which take a pass over all rows; they are NaN else
   * @throws InvariantError for a rule that is not `isGeometricAlone`
   */
  play(rule: PlayedRule, withGini: boolean): PlayedFigures {
    if (!isGeometricAlone(rule)) throw new InvariantError("a rule that is not the geometric one alone");
    const { tape } = this;
    const { vesting } = rule;
    const { retentionWindowDays, minimumStakeRao, minimumStakeUnit, retentionTarget } = vesting;
    const asked = `${retentionWindowDays} ${minimumStakeRao} ${minimumStakeUnit}`;
    const durations = this.#durations.of(asked, () => askedDurations(tape, vesting));
    const target = `${retentionTarget} ${asked}`;
    const sums = this.#targets.of(target, () => targetSums(tape, this.#base, durations.factor, retentionTarget));
    if (withGini && this.#weightedOf !== target) {
      if (this.#weightedOf === "") this.#weighted = new Float64Array(this.#base.share.length);
      weightedFactors(tape, this.#base, durations.factor, retentionTarget, this.#weighted);
      this.#weightedOf = target;
    }
    const figuresOf = (part: Part) => this.#figures(part, rule, sums, durations, withGini);
    return { whole: figuresOf(this.#whole), spans: this.#spans.map(figuresOf) };
  }

  #figures(part: Part, rule: PlayedRule, sums: TargetSums, durations: AskedDurations, withGini: boolean): RunMetricsSummary | null {
    const { epochs } = part;
    if (epochs.length === 0) return null;
    const bonus = rule.vesting.maxMultiplier - 1;
    const { potRao, baseSum } = this.tape;
    const { minersShare, heldShare, sharers, subnet, netuids } = this.#base;
    const subnetEpochs = new Float64Array(netuids.length);
    const subnetPots = new Float64Array(netuids.length);
    const subnetMoved = new Float64Array(netuids.length);
    const deciding = new Deciding();
    const evidence = { sharers: 0, differ: false, holdings: 0, partly: 0 };
    let movedRao = 0;
    let potsRao = 0;
    let payRao = 0;
    let heldRao = 0;
    let multipliedRao = 0;
    let unpaid = 0;
    for (const epoch of epochs) {
      const pot = potRao[epoch];
      const mean = sums.mean[epoch];
      const isAllocated = baseSum[epoch] > 0;
      if (!isAllocated) unpaid += 1;
      const whole = 1 + bonus * mean;
      const scale = isAllocated ? pot / whole : 0;
      const moved = (scale * bonus * sums.spread[epoch]) / 2;
      movedRao += moved;
      potsRao += pot;
      payRao += scale * (minersShare[epoch] + bonus * mean);
      heldRao += scale * (heldShare[epoch] + bonus * sums.held[epoch]);
      multipliedRao += scale * (minersShare[epoch] + bonus * (2 * mean + bonus * sums.square[epoch]));
      const at = subnet[epoch];
      subnetEpochs[at] += 1;
      subnetPots[at] += pot;
      subnetMoved[at] += moved;
      evidence.sharers = sharers[epoch];
      evidence.differ = sharers[epoch] > 1 && 1 + sums.least[epoch] * bonus !== 1 + sums.largest[epoch] * bonus;
      evidence.holdings = durations.holdings[epoch];
      evidence.partly = durations.partly[epoch];
      deciding.take(evidence);
    }
    const ginis = withGini ? this.#ginis(part, sums, bonus) : null;
    return {
      epochs: epochs.length,
      potMoved: potsRao > 0 ? movedRao / potsRao : 0,
      unpaidEpochs: unpaid,
      heldPayShare: payRao > 0 ? heldRao / payRao : 0,
      multiplierPaid: payRao > 0 ? multipliedRao / payRao : 1,
      subnets: netuids.flatMap((netuid, at): SubnetMetrics[] => {
        if (subnetEpochs[at] === 0) return [];
        const own = ginis?.[at] ?? { miners: Number.NaN, giniBefore: Number.NaN, giniAfter: Number.NaN };
        const potMoved = subnetPots[at] > 0 ? subnetMoved[at] / subnetPots[at] : 0;
        return [{ netuid, epochs: subnetEpochs[at], potMoved, ...own }];
      }),
      undecided: deciding.undecided(measuredRules(rule)),
    };
  }

  /** By subnet how unequally its miners are paid over the epochs of a part. */
  #ginis(part: Part, { mean }: TargetSums, bonus: number): readonly Pick<SubnetMetrics, "miners" | "giniBefore" | "giniAfter">[] {
    const { firstRow, potRao, baseSum } = this.tape;
    const { share, miner, subnetOf, netuids } = this.#base;
    const weighted = this.#weighted;
    const after = this.#after.fill(0);
    for (const epoch of part.epochs) {
      if (!(baseSum[epoch] > 0)) continue;
      const scale = potRao[epoch] / (1 + bonus * mean[epoch]);
      const more = scale * bonus;
      const end = firstRow[epoch + 1];
      for (let row = firstRow[epoch]; row < end; row++) after[miner[row]] += scale * share[row] + more * weighted[row];
    }
    part.before ??= this.#before(part);
    const { paid, took } = part.before;
    return netuids.map((_, subnet) => {
      const own = (amounts: Float64Array) => amounts.filter((_, one) => took[one] === 1 && subnetOf[one] === subnet).sort();
      const before = own(paid);
      return { miners: before.length, giniBefore: gini(before), giniAfter: gini(own(after)) };
    });
  }

  #before({ epochs }: Part): { readonly paid: Float64Array; readonly took: Uint8Array } {
    const { firstRow, potRao } = this.tape;
    const { share, miner, miners } = this.#base;
    const paid = new Float64Array(miners);
    const took = new Uint8Array(miners);
    for (const epoch of epochs) {
      for (let row = firstRow[epoch]; row < firstRow[epoch + 1]; row++) {
        paid[miner[row]] += share[row] * potRao[epoch];
        took[miner[row]] = 1;
      }
    }
    return { paid, took };
  }
}

function partsOf({ epochs, endMs }: EpochTape, spans: readonly Span[]): readonly Part[] {
  const lookup = new SpanLookup(spans);
  const own = spans.map((): number[] => []);
  for (let epoch = 0; epoch < epochs; epoch++) for (const index of lookup.at(endMs[epoch])) own[index].push(epoch);
  return own.map((list) => ({ epochs: Int32Array.from(list), before: null }));
}
