import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { InvariantError } from "../kernel/errors.js";
import { ruleLabel } from "../rules/plug-in.js";
import { ceilingInList } from "../rules/stages/bound-factor.js";
import { type StageFacts, stageOf } from "../rules/stages/index.js";
import type { ListTrace, StageTrace } from "../rules/stages/list-trace.js";
import { ownRule } from "../rules/stages/own-rule.js";
import type { InnerList, MembersOfPools, PoolsObserver, Spending, StageObserver } from "../rules/stages/stage.js";
import { REST_ROWS } from "../tables/vocabularies/rest-rows.js";
import { type Bound, type BoundFactor, boundStages } from "./bound-stages.js";
import { baseShares, cutSmallest, ROUNDING, SMALLEST_WEIGHT } from "./relative-weights.js";
import type { StageWatch, WatchedStage } from "./watched-stage.js";

const BURN = REST_ROWS.indexOf("burn");
const UNALLOCATED = REST_ROWS.indexOf("unallocated");

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
    this.stages = boundStages(configuration.stages, configuration, innerList, isBehindGate);
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

/** A list of stages inside a stage, for a part of the miners. */
export function innerList(configuration: StageListConfiguration, isBehindGate: boolean): InnerList {
  const list = new StageList(configuration, isBehindGate);
  return {
    run(facts, base, withheld, trace = null, observe = null) {
      list.run(facts, base, -1, observe, withheld, trace);
      return list.shares;
    },
  };
}
