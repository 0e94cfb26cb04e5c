import type { ValidatorStrategyConfiguration } from "../agents/validators/index.js";

export interface ValidatorConfiguration {
  readonly name: string;
  readonly stakeRao: number;
  readonly behaviour: ValidatorStrategyConfiguration;
}

/** Validators who move weight to miners of their own. */
export interface ColludingGroup {
  readonly name: string;
  /** Names of miners; they share evenly what is moved. */
  readonly favoured: readonly string[];
  /** Share of all weight that is moved to them. */
  readonly movedShare: number;
}

export interface ValidatorsConfiguration {
  readonly validators: readonly ValidatorConfiguration[];
  readonly colludingGroups: readonly ColludingGroup[];
}
