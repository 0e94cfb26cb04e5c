import type { Fraction } from "../../kernel/decimal.js";
import type { Severity, SlashCause } from "../../tables/vocabularies/consensus.js";
import type { ParameterDeclarations, ValuesOf } from "../parameter.js";

/** What a validator did in an epoch that it is judged for. */
export interface EpochConduct {
  /** How far its weights are off the consensus, 0..1. */
  readonly deviation: number;
  /** The same deviation, exactly. */
  exactly(): Fraction;
  /** Whether what it attested is off the truth. */
  readonly isFalsified: boolean;
  /** The worst severity that there is. */
  readonly worst: "severe" | "critical";
}

/** What counts against a validator that is about to be slashed. */
export interface CountedConduct {
  /** Deviations in the window, the present one included. */
  readonly deviations: number;
  /** Slashes before. */
  readonly slashes: number;
  /** What its worst deviation is by itself, and by the rules before. */
  readonly soFar: Severity;
}

/** Rules are asked in the order of the registry; the worst answer counts, and among equals the first. */
export interface BoundSlashingRule {
  /** By what was done in one epoch; what is not `none` is a deviation. */
  inEpoch?(conduct: EpochConduct): Severity;
  /** By what happened before: the least that a slash is. */
  overTime?(conduct: CountedConduct): Severity;
}

/**
 * What validators are slashed for, and how severe it is (docs/explanation/consensus.md). A plug point: a rule is one file with name,
 * meaning, its parameters (keys of `index.consensus.severity`) and its formula, written once; schema, defaults, checks and
 * reference pages follow from it. To add one, put it into the registry (`index.ts`).
 */
export interface SlashingRule<N extends string = string, D extends ParameterDeclarations = ParameterDeclarations> {
  readonly name: N;
  /** In one sentence. */
  readonly meaning: string;
  /** How the tables call what is slashed under it. */
  readonly cause: SlashCause;
  readonly parameters: D;
  /** Refuses values that make no sense together. */
  refuse?(parameters: ValuesOf<D>, path: string): void;
  bind(parameters: ValuesOf<D>): BoundSlashingRule;
}

/** A rule whose name and parameters the compiler knows. */
export function declareSlashingRule<const N extends string, const D extends ParameterDeclarations>(
  rule: SlashingRule<N, D>,
): SlashingRule<N, D> {
  return rule;
}

/** A number of deviations or slashes is out of its range. */
export const COUNT_CODE = "TEN-CONSENSUS-105";
