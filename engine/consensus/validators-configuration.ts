/** How a validator behaves. Shares are 0..1. */
export type BehaviourConfiguration =
  /** Submits what it sees. */
  | { readonly kind: "honest" }
  /** Sees each weight and the NAV with an error, evenly spread up to the given share of them, and misses epochs. */
  | { readonly kind: "noisy"; readonly weightError: number; readonly navError: number; readonly missedShare: number }
  /** Copies what another validator handed in the epoch before; null: the last consensus. */
  | { readonly kind: "lazy_copier"; readonly copies: string | null }
  /**
   * Works on what was true so many epochs ago. `current_block`: it claims the old NAV for the block of now,
   * instead of for the block it saw.
   */
  | { readonly kind: "stale"; readonly lagEpochs: number; readonly attests: "block_it_saw" | "current_block" }
  /** Submits what its group agreed on. */
  | { readonly kind: "colluder"; readonly group: string }
  /** Attests a NAV that is off by `navError` (above -1) of it in such a share of epochs; its weights are honest. */
  | { readonly kind: "falsifier"; readonly navError: number; readonly falsifiedShare: number };

export interface ValidatorConfiguration {
  readonly name: string;
  readonly stakeRao: number;
  readonly behaviour: BehaviourConfiguration;
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
