import {
  type EpochTrace,
  isRead,
  type ListTrace,
  type NamedTerm,
  type PoolConfiguration,
  poolTermName,
  ruleLabel,
  type StageConfiguration,
  stageOf,
} from "../engine/index.js";
import type { FactorTerms } from "./factor-terms.js";
import { stageCeiling } from "./stage-ceiling.js";
import { gateBy, hasFactor, keeps, keptBy, type PoolSteps, type StageStep } from "./stage-step.js";

/** What a stage did to one miner, as it told while it was computed. */
export interface ToldOfMiner {
  readonly before: number;
  readonly factor: number;
  readonly after: number;
  readonly terms: readonly NamedTerm[];
  /** Did a stage before withhold its bonus? */
  readonly isWithheld: boolean;
  /** Pools that it is in. */
  readonly pools: readonly { readonly name: string; readonly told: (at: number) => ToldOfMiner | null; readonly share: number }[];
}

/** @returns what the stage at a place of the list, from 0, told of a position; null: nothing */
export function tracedMiner(trace: EpochTrace | null, position: number): (at: number) => ToldOfMiner | null {
  if (trace?.list == null) return () => null;
  return toldOf(trace.list, trace.positions.indexOf(position));
}

function toldOf(list: ListTrace, miner: number): (at: number) => ToldOfMiner | null {
  return (at) => {
    const stage = list.stages.find((one) => one.at === at);
    if (stage === undefined || miner === -1) return null;
    const before = stage.before[miner];
    const pools = stage.pools.flatMap(({ name, members, list: inner }) => {
      const own = members.indexOf(miner);
      if (own === -1) return [];
      let sum = 0;
      for (const member of members) sum += stage.before[member];
      return [{ name, told: toldOf(inner, own), share: sum > 0 ? before / sum : 0 }];
    });
    return {
      before,
      factor: stage.factor[miner],
      after: stage.after[miner],
      terms: stage.terms[miner],
      isWithheld: stage.withheld[miner] === 1,
      pools,
    };
  };
}

/** The terms of a factor as they were computed, in place of what follows from the tables. */
export function tracedFactor({ factor, terms, isWithheld }: ToldOfMiner, known: FactorTerms): FactorTerms {
  if (isWithheld) {
    const by = known.withheld_by === null ? "a stage before" : `stage ${known.withheld_by}`;
    const formula = `${by} withholds the bonus, so it is 1`;
    return { ...known, factor, terms: [{ name: "factor", formula, value: factor, isFact: true }], note: null };
  }
  return terms.length === 0 ? { ...known, factor } : { factor, terms, note: null, withheld_by: null };
}

/**
 * The stages of the pools that a miner is in.
 * @param hasResidual does the list have one? What a factor in a pool stays below its largest is then not paid
 */
export function poolSteps({ pools }: ToldOfMiner, { parameters, of }: StageConfiguration, hasResidual: boolean): readonly PoolSteps[] {
  const stated = (Object.assign({}, parameters, of) as { readonly pools?: readonly PoolConfiguration<StageConfiguration>[] }).pools ?? [];
  return pools.map(({ name, told, share }) => {
    const stages = stated.find((pool) => pool.name === name)?.stages ?? [];
    return { name, base_share: share, steps: stages.flatMap((one, at) => stepOf(one, at, told(at), hasResidual) ?? []) };
  });
}

function stepOf(configuration: StageConfiguration, at: number, told: ToldOfMiner | null, hasResidual: boolean): StageStep | null {
  const { stage, variant } = configuration;
  const named = {
    stage: at + 1,
    name: ruleLabel(stage),
    variant: variant === undefined ? null : ruleLabel(variant),
    ...gateBy(configuration),
  };
  const nothing = { ceiling: null, kept: null, withheld_by: null, elsewhere: null, pools: [], note: null };
  if (keeps(configuration)) {
    return {
      ...named,
      ...nothing,
      effect: "keep",
      share_before: null,
      share_after: null,
      factor: null,
      terms: [],
      kept: keptBy(configuration),
    };
  }
  if (told === null) return null;
  const shares = { share_before: told.before, share_after: told.after };
  if (!hasFactor(configuration)) return { ...named, ...nothing, ...shares, effect: "share", factor: null, terms: told.terms };
  const known: FactorTerms = { factor: told.factor, terms: [], note: null, withheld_by: null };
  // Nobody who is outside is in a pool.
  const ceiling = hasResidual ? stageCeiling(configuration, { ...shares, factor: told.factor }, false) : null;
  return { ...named, ...nothing, ...shares, effect: "factor", ceiling, ...tracedFactor(told, known) };
}

/** Do the stages of a list have terms that no table holds? */
export function needsTrace(stages: readonly StageConfiguration[], beyond: (one: StageConfiguration) => boolean): boolean {
  return stages.some((one) => {
    if (!isRead(one.stage) || typeof one.stage === "object") return true;
    const { effect } = stageOf(one.stage);
    return effect === "share" ? one.stage !== "curve" : effect === "factor" && beyond(one);
  });
}

/** The term that holds what a miner has of a pool. */
export function poolTerm(pool: string): string {
  return `${poolTermName(pool)}_share`;
}
