import type { NamedRow } from "./told/told-rows-of.js";

/**
 * One term of the derivation of a pay. Rules tell their own terms, as they are computed in a run; the others are arithmetic that all
 * runs share.
 */
export interface DerivationStep {
  /**
   * Stable id, once in a derivation: `holdings.received`, `multiplier.duration_factor`, `stage.2.curve.share`, `weight.final`,
   * `pay.paid`. `parameter.` is what the scenario states, `others.` what all other miners bring in.
   */
  readonly term: string;
  /** Where the scenario states the stage that it is of: `stages.1`; null: of no stage. */
  readonly path: string | null;
  /** The rule whose formula it is, as reports call it; null: no rule's. */
  readonly rule: string | null;
  /** Rao are whole; a bigint may pass 2^53. Null: the run did not record what it is made of, which `words` say. */
  readonly value: number | bigint | string | null;
  /** `rao`, `days`, `0..1`, `relative`, ...; empty for a plain number. */
  readonly unit: string;
  /** Terms before that it is made of. */
  readonly from: readonly string[];
  /** How it is made of them, or what it is. */
  readonly words: string;
  /** The row of a stream that told it, where one did: of collateral and scores. */
  readonly row?: NamedRow;
}

/** How one miner's pay in one epoch came about: from what it holds to the rao, in the order of computing. The last is `pay.paid`. */
export interface Derivation {
  readonly position: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly netuid: number;
  readonly epoch: number;
  readonly steps: readonly DerivationStep[];
}
