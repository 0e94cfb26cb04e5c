/** A row of the table `participants`: who acts on the index subnet. */
export interface ParticipantRow {
  readonly participant: number;
  readonly name: string;
  readonly group_name: string;
  readonly kind: "participant" | "validator" | "noise_trader";
  readonly hotkey: string;
  readonly coldkey: string;
  readonly position: number;
  readonly tao_start_rao: number;
  readonly tokens_start_rao: number;
  readonly tao_end_rao: number;
  readonly tokens_end_rao: number;
  readonly stake_end_rao: number;
  readonly paid_rao: number;
  readonly orders: number;
  readonly orders_done: number;
  readonly minted_value_rao: number;
  readonly redeemed_value_rao: number;
  readonly profit_tao: number;
  readonly inventory_ratio: number;
  readonly opportunities: number;
  readonly answered: number;
  readonly response_s: number;
}

/** A row of the table `scores`. */
export interface ScoreRow {
  readonly epoch: number;
  readonly time_ms: number;
  readonly participant: number;
  readonly minted_rao: number;
  readonly redeemed_rao: number;
  readonly transactions: number;
  readonly volume: number;
  readonly frequency: number;
  readonly consistency: number;
  readonly standing: number;
  readonly score: number;
  /** 0: not ranked. */
  readonly rank: number;
  readonly tier: string;
}

/** A row of the table `payouts`. */
export interface PayoutRow {
  readonly epoch: number;
  readonly kind: "miner" | "validator" | "burn" | "unallocated";
  /** -1: nobody. */
  readonly participant: number;
  readonly tier: string;
  readonly base_rao: number;
  readonly tier_bonus_rao: number;
  readonly validator_rao: number;
  readonly multiplier: number;
  readonly paid_rao: number;
  readonly weight: number;
}

/** A row of the table `flags`. */
export interface FlagRow {
  readonly epoch: number;
  readonly participant: number;
  readonly kind: string;
  readonly policy: string;
  readonly count: number;
  readonly amount_rao: number;
  readonly from_ms: number;
  readonly to_ms: number;
  readonly other_party: number;
}

/** A row of the table `trades`. */
export interface TradeRow {
  readonly time_ms: number;
  readonly epoch: number;
  readonly participant: number;
  readonly kind: string;
  readonly reason: string;
  readonly refusal: string;
  readonly tokens_rao: number;
  readonly value_rao: number;
  readonly tao_change_rao: number;
  readonly tokens_change_rao: number;
  readonly profit_rao: number;
}

/** A row of the table `submissions`. */
export interface SubmissionRow {
  readonly epoch: number;
  readonly time_ms: number;
  readonly validator: number;
  readonly standing: string;
  readonly stake_rao: number;
  readonly judged: boolean;
  readonly deviation: number;
  readonly severity: string;
  readonly attested_block: number;
  readonly attested_nav_rao: number;
  readonly operation: "none" | "epoch" | "mint" | "redeem" | "rebalance";
  readonly nav_error: number;
  readonly falsified: boolean;
}

/** A row of the table `slashes`. */
export interface SlashRow {
  readonly slash: number;
  readonly epoch: number;
  readonly time_ms: number;
  readonly validator: number;
  readonly severity: string;
  readonly cause: string;
  readonly deviation: number;
  readonly deviations: number;
  readonly rate: number;
  readonly available_rao: number;
  readonly amount_rao: number;
  readonly taken_rao: number;
  readonly destination: string;
  readonly state: string;
}

/** A row of the table `validators`. */
export interface ValidatorRow {
  readonly epoch: number;
  readonly time_ms: number;
  readonly validator: number;
  readonly status: string;
  readonly stake_rao: number;
  readonly held_rao: number;
  readonly slashed_rao: number;
  readonly meets_requirement: boolean;
  readonly clean_epochs: number;
  readonly submissions: number;
  readonly agreeing: number;
  readonly deviations: number;
  readonly slashes: number;
  readonly accuracy: number;
  readonly consistency: number;
  readonly reliability: number;
  readonly overall: number;
}
