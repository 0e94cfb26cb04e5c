import type { Fraction } from "../../kernel/decimal.js";
import type { SPENDING_NOTES } from "../../tables/epoch-results.js";
import type { ParameterDeclarations, ValuesOf } from "../parameter.js";
import type { Trace } from "../trace.js";
import type { ListTrace, StageTrace } from "./list-trace.js";
import type { StageFacts } from "./stage-facts.js";

/**
 * A factor stage multiplies weights. Its *ceiling* is the largest factor that its parameters allow, whatever occurs: what a factor
 * stays below it is not paid, and goes where `residual` says.
 */
export interface BoundFactorStage {
  /** Of a bonus, and beside who is outside, 1 counts where it is below that: a miner without the bonus has a factor of 1. */
  readonly ceiling: number;
  /** Told of an epoch before its factors are asked, once: where a stage remembers, and looks at all miners. */
  begin?(facts: StageFacts): void;
  /** What it asks besides what the miner itself holds, in words: who knows only that cannot ask it again. Left out: nothing. */
  readonly beyond?: string;
  /** Factor of a miner, finite and 0 or more, at most the ceiling. */
  factor(facts: StageFacts, miner: number, trace: Trace | null): number;
  /**
   * Writes `factor` of each miner, without a trace: a loop in the stage's own file, which the compiler of the engine knows by itself.
   * Left out: the list asks miner by miner, which costs a call each.
   */
  factors?(facts: StageFacts, into: Float64Array): void;
  /** Does each later bonus give this miner exactly 1? */
  withholds?(facts: StageFacts, miner: number): boolean;
  /** Is it a bonus, which a stage before may withhold? */
  readonly isBonus?: true;
}

/** A share stage reads the shares so far and writes weights that need no ceiling: what they sum to less than 1 is not paid. */
export interface BoundShareStage {
  /**
   * @param before shares so far, 0..1; index order is uid order
   * @param weights receives the weights: finite, 0 or more, in all at most 1. It holds those so far
   */
  share(facts: StageFacts, before: Float64Array, weights: Float64Array, list: ListSoFar): void;
  /** It changes weights and leaves the ceiling that they are relative to. */
  readonly keepsCeiling?: true;
  /** Of pools: who was in which in the epoch that was shared last. */
  readonly members?: MembersOfPools;
  /** Of a budget: what it did at the end of the epoch that was shared last. */
  readonly spent?: () => Spending;
}

/** Who is in which pool, of an epoch; pools are counted from 0. */
export interface MembersOfPools {
  /** Is the miner in no pool but one of `members: rest`? */
  isInRest(miner: number): boolean;
  /** Members of a pool, in the order of uids; lent. */
  of(pool: number): { readonly members: Int32Array; readonly count: number };
}

/** What a list has come to where a share stage stands; arrays are lent. */
export interface ListSoFar {
  /** Base shares, 0..1: what the list began with. */
  readonly base: Float64Array;
  /** 1: each later bonus of the miner is exactly 1. */
  readonly withheld: Uint8Array;
  /** Where a result is explained: the stage tells the terms of each miner. Null, or left out: nobody asks. */
  readonly trace?: StageTrace | null;
  /** Of pools: who looks on at what is done in them; null, or left out: nobody does. */
  readonly pools?: PoolsObserver | null;
}

/** Told of what each stage did to everybody, in order; arrays are reused. `factor` is null for a share stage. */
export type StageObserver = (index: number, before: Float64Array, factor: Float64Array | null, after: Float64Array) => void;

/** Looks on while pools share, and changes nothing; pools are counted from 0, arrays are lent. */
export interface PoolsObserver {
  /**
   * A pool is about to share.
   * @param members index of each of its members in the list around, so many of them
   * @param before shares so far of the list around, 0..1
   * @returns who is told of its stages, whose arrays are by member; null: nobody is
   */
  pool(pool: number, members: Int32Array, count: number, before: Float64Array): StageObserver | null;
  /** @param part what a pool with weights gives of the pot, 0..1; `shares` of it, by index in the list around */
  given(pool: number, part: number, shares: Float64Array): void;
}

/** A stage as a list is configured with it; stages hand it on, and look at nothing of it. */
export type ListedStage = object;

/** The list in which a stage stands, as far as it concerns stages. */
export interface ListAround {
  /** What all stages `burn` leave of the pot, exactly. */
  readonly kept: Fraction;
  /** Stages of a part of the miners, behind those that stand before in the list. */
  listOf(stages: readonly ListedStage[]): InnerList;
}

export interface InnerList {
  /** @returns shares so far at its end, as the outer list has them; lent */
  run(facts: StageFacts, base: Float64Array, withheld: Uint8Array, trace?: ListTrace | null, observe?: StageObserver | null): Float64Array;
}

/** What a budget did in an epoch; amounts due in whole billionths of its unit. */
export interface Spending {
  /** What was due, with what was carried. */
  readonly dueNanos: bigint;
  readonly paidRao: number;
  /** What stays due, by number of the hotkey; of a budget an epoch under -1. Left out: 0. */
  readonly leftNanos: ReadonlyMap<number, bigint>;
  readonly note: (typeof SPENDING_NOTES)[number];
}

/** Facts that not every list needs, so that they are gathered only where a stage asks for them. */
export type AskedFact = "key" | "collateral" | "volume" | "earned" | "moved" | "scores" | "obligations" | "usd";

interface Declared<D extends ParameterDeclarations> {
  /** As a scenario names it. */
  readonly name: string;
  /** In one sentence. */
  readonly meaning: string;
  readonly parameters: D;
  /**
   * What it asks of `StageFacts` that is not gathered for every list; left out: nothing.
   * @param stated what `bind` is given
   * @param of the same of another stage, for one that has a list of its own
   */
  asks?(stated: never, of: (stage: ListedStage) => readonly AskedFact[]): readonly AskedFact[];
}

/** Rules of which a stage is one: their name stands under `key`, their parameters beside it. */
export interface Variants {
  readonly key: string;
  readonly meaning: string;
  readonly rules: Readonly<Record<string, { readonly meaning: string; readonly parameters: ParameterDeclarations }>>;
  /** Whether a scenario may name a multiplier rule of a file of its own instead. */
  readonly takesPlugIn?: true;
}

/** What a stage of a scenario states: its parameters, and of a stage with variants which and with what parameters. */
export type StageParameters<D extends ParameterDeclarations, V extends Variants | undefined> = ValuesOf<D> &
  (V extends Variants ? { readonly variant: keyof V["rules"]; readonly of: object } : object);

/**
 * A stage of the list that turns base weights into shares of a pot (docs/explanation/stages.md). A plug point: a stage is one file
 * with name, meaning, its parameters and its formula, written once. Bound anew for each subnet, since a stage may remember. To
 * add one, put it into the registry (`index.ts`).
 */
export interface FactorStage<D extends ParameterDeclarations = ParameterDeclarations, V extends Variants | undefined = Variants | undefined>
  extends Declared<D> {
  readonly effect: "factor";
  readonly variants?: V;
  bind(parameters: StageParameters<D, V>): BoundFactorStage;
}

export interface ShareStage<D extends ParameterDeclarations = ParameterDeclarations, V extends Variants | undefined = Variants | undefined>
  extends Declared<D> {
  readonly effect: "share";
  readonly variants?: V;
  bind(parameters: StageParameters<D, V>, around: ListAround): BoundShareStage;
}

/** A stage that keeps a part of the pot from the whole list, wherever it stands. */
export interface KeepStage<D extends ParameterDeclarations = ParameterDeclarations> extends Declared<D> {
  readonly effect: "keep";
  readonly variants?: undefined;
  /** What the list still shares, 0..1; the rest goes to the row `burn`. */
  bind(parameters: ValuesOf<D>): number;
  /** The same, as an exact decimal. Left out: the shortest decimal that names it. */
  exactly?(parameters: ValuesOf<D>): Fraction;
}

export type Stage = FactorStage | ShareStage | KeepStage;

export function declareFactorStage<const D extends ParameterDeclarations, const V extends Variants | undefined = undefined>(
  stage: FactorStage<D, V>,
): FactorStage<D, V> {
  return stage;
}

export function declareShareStage<const D extends ParameterDeclarations, const V extends Variants | undefined = undefined>(
  stage: ShareStage<D, V>,
): ShareStage<D, V> {
  return stage;
}

export function declareKeepStage<const D extends ParameterDeclarations>(stage: KeepStage<D>): KeepStage<D> {
  return stage;
}
