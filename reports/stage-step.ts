import { isRead, type NamedTerm, ruleLabel, type StageConfiguration, stageOf } from "../engine/index.js";

/** What went elsewhere than to miners in an epoch, by where. */
export interface Elsewhere {
  readonly goes_to: string;
  /** Of the whole pot, 0..1. */
  readonly share: number;
  /** Null where shares are only computed, or the run did not record it. */
  readonly amount_rao: number | null;
}

/** What one stage of a list did to a miner in an epoch. Shares are of the pot that stages which keep leave, such as `burn`. */
export interface StageStep {
  /** Place in the scenario's list, from 1; `residual` is the last. */
  readonly stage: number;
  readonly name: string;
  /** Of a curve or a multiplier: which. Of `residual`: where it sends what no miner gets, or `normalise`. */
  readonly variant: string | null;
  /** Of a gate: by what it goes. Left out for others. */
  readonly by?: string;
  /** `factor` also where the file of a rule was not read and it gave out shares anew: its factor is 1 then. */
  readonly effect: "factor" | "share" | "keep" | "residual";
  /** Null where all stages keep, and no shares were recorded. */
  readonly share_before: number | null;
  /**
   * Null for a stage that gives out shares anew, or keeps. Asked again of what was held where the run did not record it, and null
   * where that cannot be asked.
   */
  readonly factor: number | null;
  /** By what shares are divided, so that share_after = share_before * factor / ceiling; null for other effects, and where shares are normalised. */
  readonly ceiling: number | null;
  /** What a stage that keeps leaves of the pot, 0..1; null for others, and where the file of a rule was not read. */
  readonly kept: number | null;
  /** Of `residual`: share of the whole pot, after all stages. */
  readonly share_after: number | null;
  /** The stage that withheld its bonus, so that its factor is 1 whatever its rule gives; null: none did. */
  readonly withheld_by: number | null;
  /** Of `residual`: all that went elsewhere in the epoch, by any stage; null for others, and where that is not known. */
  readonly elsewhere: readonly Elsewhere[] | null;
  /** Its formula, term by term; empty where the results do not hold what it is made of. */
  readonly terms: readonly NamedTerm[];
  /** Of `pools`, where terms were traced: the stages of each pool that the miner is in. Shares there are of the pool. */
  readonly pools: readonly PoolSteps[];
  /** What is to be said of its terms, in words; null: nothing. */
  readonly note: string | null;
}

/** What the stages of a pool did to a miner. */
export interface PoolSteps {
  readonly name: string;
  /** Its share of the pool before the stages of that. */
  readonly base_share: number;
  readonly steps: readonly StageStep[];
}

/** What is said of a stage besides its name where a list may have several: `by` of a gate. */
export function gateBy({ stage, parameters }: StageConfiguration): Pick<StageStep, "by"> {
  return stage === "gate" ? { by: (parameters as { readonly by: string }).by } : {};
}

/** A stage as people read it: `curve geometric`, `gate collateral`. */
export function stageTitle({ name, variant, by }: Pick<StageStep, "name" | "variant" | "by">): string {
  return [name, variant, by].filter((word) => word != null).join(" ");
}

/** The same of a stage as a scenario states it. */
export function statedTitle(one: StageConfiguration): string {
  return stageTitle({ name: ruleLabel(one.stage), variant: one.variant === undefined ? null : ruleLabel(one.variant), ...gateBy(one) });
}

export function keeps({ stage }: StageConfiguration): boolean {
  return isRead(stage) && stageOf(stage).effect === "keep";
}

/** What a stage that keeps leaves of the pot, 0..1; null where its file was not read. */
export function keptBy({ stage, parameters }: StageConfiguration): number | null {
  if (!isRead(stage)) return null;
  const declared = stageOf(stage);
  return declared.effect === "keep" ? declared.bind(parameters as never) : null;
}

/** Of a plug-in whose file was not read a factor is shown, which is 1 where it gave out shares anew. */
export function hasFactor({ stage }: StageConfiguration): boolean {
  return !isRead(stage) || stageOf(stage).effect === "factor";
}
