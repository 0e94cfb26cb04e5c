import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { Fraction } from "../kernel/decimal.js";
import { InvariantError } from "../kernel/errors.js";
import { ruleLabel } from "../rules/plug-in.js";
import { ceilingInList } from "../rules/stages/bound-factor.js";
import { type StageFacts, stageOf } from "../rules/stages/index.js";
import type { ListTrace, StageTrace } from "../rules/stages/list-trace.js";
import { ownRule } from "../rules/stages/own-rule.js";
import type {
  BoundFactorStage,
  BoundShareStage,
  InnerList,
  KeepStage,
  ListAround,
  MembersOfPools,
  PoolsObserver,
  Spending,
  StageObserver,
} from "../rules/stages/stage.js";
import type { StageConfiguration } from "../rules/stages/stage-configuration.js";
import { REST_ROWS } from "../tables/vocabularies/rest-rows.js";

/** A weight below the least normal double has lost its digits and counts as 0 (docs/explanation/stages.md). */
const SMALLEST_WEIGHT = 2.2250738585072014e-308;
/** What the shares of all lack of 1 by rounding alone. */
export const ROUNDING = 1e-12;
const BURN = REST_ROWS.indexOf("burn");
const UNALLOCATED = REST_ROWS.indexOf("unallocated");

interface BoundFactor {
  readonly effect: "factor";
  readonly stage: BoundFactorStage;
  /** Is it a bonus that a stage before may withhold? */
  readonly mayLack: boolean;
}

export type Bound = BoundFactor | { readonly effect: "share"; readonly stage: BoundShareStage };

/** A stage of a running list, as those who look on are shown it; arrays are lent. */
export interface WatchedStage {
  /** Place in the list, from 0. */
  readonly at: number;
  readonly bound: Bound;
  readonly facts: StageFacts;
  /** Shares so far, before it. */
  readonly before: Float64Array;
  /** What is multiplied, or written anew; and what that is relative to. */
  readonly weight: Float64Array;
  readonly ceiling: number;
  /** Its factors, once it has run. */
  readonly factor: Float64Array;
  /** 1: each later bonus of the miner is exactly 1. */
  readonly withheld: Uint8Array;
  readonly base: Float64Array;
  /** Index of who is no miner of the streams; -1: nobody. */
  readonly outside: number;
}

/** Looks on while a list runs, and changes nothing of it. Told of every stage but those that keep. */
export interface StageWatch {
  begin(facts: StageFacts): void;
  /** A stage is about to run. */
  given(stage: WatchedStage): void;
  /** It has run. */
  made(stage: WatchedStage): void;
  /** @param ceiling what the weights at the end of the list are relative to */
  ended(weight: Float64Array, ceiling: number, count: number): void;
}

/**
 * A list of stages at work on one subnet (docs/explanation/stages.md): turns base weights into shares of a pot and of the rows that
 * take what no miner gets. Stages may remember, so a subnet has a list of its own.
 */
export class StageList {
  /** Shares of the whole pot, by miner. */
  shares = new Float64Array(256);
  /** Product of the factors that each met, by miner. */
  product = new Float64Array(256);
  /** Shares of the whole pot, by row of `REST_ROWS`. */
  readonly rest = new Float64Array(REST_ROWS.length);
  private readonly stages: readonly (Bound | null)[];
  /** What stages that keep leave of the pot, 0..1. */
  readonly kept: number;
  private readonly residual: number;
  private ceiling = 1;
  private weight = new Float64Array(256);
  private before = new Float64Array(256);
  private factor = new Float64Array(256);
  /** 1: each later bonus of the miner is exactly 1. */
  withheld = new Uint8Array(256);
  /** Base shares, 0..1. */
  base = new Float64Array(256);
  /** Of the stage that is at work; null: terms are not asked for. */
  trace: StageTrace | null = null;
  /** Null: nobody looks on. */
  watch: StageWatch | null = null;
  /** Told of what is done in pools; null: nobody is. */
  pools: PoolsObserver | null = null;

  /** @param isBehindGate whether a stage before the list may have withheld bonuses: it is the list of a pool */
  constructor(
    private readonly configuration: StageListConfiguration,
    isBehindGate = false,
  ) {
    this.stages = boundStages(configuration.stages, configuration, isBehindGate);
    let kept = 1;
    for (const { stage, parameters } of configuration.stages) {
      const declared = stageOf(stage);
      if (declared.effect === "keep") kept *= declared.bind(parameters as never);
    }
    const { residual } = configuration;
    this.kept = kept;
    this.residual = residual === null ? -1 : REST_ROWS.indexOf(residual);
  }

  /**
   * @param base weights, finite and 0 or more; index order is uid order
   * @param outside index of who is no miner of the streams, and has a factor of 1 everywhere; -1: nobody
   * @param observe told of every stage but `burn`
   * @param withheldBefore 1: bonuses of the miner are withheld by a stage before the list
   * @param trace collects the terms of every stage but `burn`
   */
  run(
    facts: StageFacts,
    base: Float64Array,
    outside = -1,
    observe: StageObserver | null = null,
    withheldBefore: Uint8Array | null = null,
    trace: ListTrace | null = null,
  ): void {
    const { count } = facts;
    this.reserve(count);
    const { weight, before, withheld } = this;
    baseShares(base, count, weight);
    this.base.set(weight.subarray(0, count));
    if (withheldBefore === null) withheld.fill(0, 0, count);
    else withheld.set(withheldBefore.subarray(0, count));
    this.product.fill(1, 0, count);
    this.ceiling = 1;
    const { watch } = this;
    watch?.begin(facts);
    this.stages.forEach((bound, index) => {
      if (bound === null) return;
      this.trace = trace === null ? null : trace.stage(count);
      const isTold = observe !== null || trace !== null;
      if (isTold || watch !== null || bound.effect === "share") this.sharesSoFar(before, count);
      watch?.given(this.watched(index, bound, facts, outside));
      if (bound.effect === "factor") this.multiply(bound, facts, index, outside);
      else {
        bound.stage.share(facts, before, weight, this);
        cutSmallest(weight, count);
        if (bound.stage.keepsCeiling !== true) this.ceiling = 1;
      }
      watch?.made(this.watched(index, bound, facts, outside));
      if (!isTold) return;
      this.sharesSoFar(this.shares, count);
      const factor = bound.effect === "factor" ? this.factor : null;
      observe?.(index, before, factor, this.shares);
      if (this.trace !== null)
        trace?.ended(index, ownRule(this.configuration.stages[index]), this.trace, { before, after: this.shares, factor }, count);
    });
    this.trace = null;
    watch?.ended(weight, this.ceiling, count);
    this.end(count);
  }

  private watched(at: number, bound: Bound, facts: StageFacts, outside: number): WatchedStage {
    const { before, weight, ceiling, factor, withheld, base } = this;
    return { at, bound, facts, before, weight, ceiling, factor, withheld, base, outside };
  }

  /** What the budget of the list did in the epoch that ran last; null: it has none. */
  get spending(): Spending | null {
    for (const bound of this.stages) if (bound?.effect === "share" && bound.stage.spent !== undefined) return bound.stage.spent();
    return null;
  }

  /** Who was in which pool in the epoch that ran last; null: the list has none. */
  get members(): MembersOfPools | null {
    for (const bound of this.stages) if (bound?.effect === "share" && bound.stage.members !== undefined) return bound.stage.members;
    return null;
  }

  private multiply({ stage, mayLack }: BoundFactor, facts: StageFacts, index: number, outside: number): void {
    const { weight, factor, withheld, product } = this;
    const { count } = facts;
    const ceiling = ceilingInList(stage, outside !== -1);
    stage.begin?.(facts);
    const { trace } = this;
    if (outside === -1 && !mayLack && trace === null && stage.factors !== undefined) stage.factors(facts, factor);
    else {
      for (let i = 0; i < count; i++) {
        const isWithheld = mayLack && withheld[i] === 1;
        factor[i] = i === outside || isWithheld ? 1 : stage.factor(facts, i, trace === null ? null : trace.of(i));
        if (isWithheld && trace !== null) trace.withheld[i] = 1;
      }
    }
    for (let i = 0; i < count; i++) {
      const one = factor[i];
      if (!(one >= 0 && one <= ceiling)) this.refuse(index, facts.uid[i], one, ceiling);
      const next = weight[i] * one;
      weight[i] = next < SMALLEST_WEIGHT ? 0 : next;
      product[i] *= one;
    }
    if (stage.withholds !== undefined) {
      for (let i = 0; i < count; i++) if (stage.withholds(facts, i)) withheld[i] = 1;
    }
    this.ceiling *= ceiling;
  }

  private refuse(index: number, uid: number, factor: number, ceiling: number): never {
    const name = ruleLabel(this.configuration.stages[index].stage);
    throw new InvariantError(`stage ${index + 1} (${name}) gives uid ${uid} a factor of ${factor}, its ceiling is ${ceiling}`);
  }

  /** What each would have if the list ended here, of the pot that `burn` leaves. */
  private sharesSoFar(into: Float64Array, count: number): void {
    const { weight } = this;
    let whole = this.ceiling;
    if (this.residual === -1) {
      whole = 0;
      for (let i = 0; i < count; i++) whole += weight[i];
    }
    for (let i = 0; i < count; i++) into[i] = whole > 0 ? weight[i] / whole : 0;
    cutSmallest(into, count);
  }

  private end(count: number): void {
    const { shares, rest, kept, residual } = this;
    this.sharesSoFar(shares, count);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += shares[i];
      shares[i] *= kept;
    }
    cutSmallest(shares, count);
    rest.fill(0);
    rest[BURN] = 1 - kept;
    const lacking = 1 - sum;
    if (residual === -1) {
      if (sum === 0) rest[UNALLOCATED] = kept;
    } else if (lacking >= ROUNDING) rest[residual] += kept * lacking;
  }

  private reserve(count: number): void {
    if (count <= this.weight.length) return;
    const length = count * 2;
    this.shares = new Float64Array(length);
    this.weight = new Float64Array(length);
    this.before = new Float64Array(length);
    this.factor = new Float64Array(length);
    this.withheld = new Uint8Array(length);
    this.base = new Float64Array(length);
    this.product = new Float64Array(length);
  }
}

/**
 * Stages at work, by place; null: one that keeps.
 * @param list in which they stand
 * @param isBehindGate whether a stage before the list may have withheld bonuses
 */
export function boundStages(
  stages: readonly StageConfiguration[],
  list: StageListConfiguration,
  isBehindGate = false,
): readonly (Bound | null)[] {
  let withholds = isBehindGate;
  const { residual } = list;
  return stages.map(({ stage, parameters, variant, of }) => {
    const declared = stageOf(stage);
    const stated = { ...parameters, variant, of } as never;
    if (declared.effect === "factor") {
      const stage = declared.bind(stated);
      const mayLack = stage.isBonus === true && withholds;
      withholds ||= stage.withholds !== undefined;
      return { effect: "factor", stage, mayLack };
    }
    if (declared.effect !== "share") return null;
    const isBehind = withholds;
    const around: ListAround = {
      get kept() {
        return exactlyKept(list.stages);
      },
      listOf: (inner) =>
        innerList(new StageList({ stages: inner as readonly StageConfiguration[], residual, recordsEveryEpoch: false }, isBehind)),
    };
    return { effect: "share", stage: declared.bind(stated, around) };
  });
}

/** A list of stages inside a stage, for a part of the miners. */
function innerList(list: StageList): InnerList {
  return {
    run(facts, base, withheld, trace = null, observe = null) {
      list.run(facts, base, -1, observe, withheld, trace);
      return list.shares;
    },
  };
}

/** What the stages that keep leave of the pot, exactly. */
function exactlyKept(stages: readonly StageConfiguration[]): Fraction {
  let kept = Fraction.whole(1);
  for (const { stage, parameters } of stages) {
    const declared = stageOf(stage);
    if (declared.effect !== "keep") continue;
    const { exactly, bind } = declared as KeepStage;
    kept = kept.times(exactly?.(parameters as never) ?? Fraction.decimal(bind.call(declared, parameters as never)));
  }
  return kept;
}

/** Shares of a sum, by the largest first, so that nothing overflows; all zero stays zero. */
function baseShares(base: Float64Array, count: number, shares: Float64Array): void {
  let largest = 0;
  for (let i = 0; i < count; i++) if (base[i] > largest) largest = base[i];
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const relative = largest > 0 ? base[i] / largest : 0;
    shares[i] = relative;
    sum += relative;
  }
  if (sum > 0) for (let i = 0; i < count; i++) shares[i] /= sum;
  cutSmallest(shares, count);
}

export function sumOf(weights: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i];
  return sum;
}

export function cutSmallest(weights: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) if (weights[i] < SMALLEST_WEIGHT) weights[i] = 0;
}
