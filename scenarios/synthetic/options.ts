/** Sizes of amounts, drawn log-uniformly. 0 < fromRao <= toRao. */
export interface AmountRange {
  readonly fromRao: number;
  readonly toRao: number;
}

/** A made-up subnet: who is paid how much, and what they do with it. `schema/streams.ts` has the same in the words of YAML. */
export interface SyntheticOptions {
  readonly miners: number;
  /** Owners of the miners; 1 to `miners`. */
  readonly coldkeys: number;
  /** Uid of the first miner. */
  readonly firstUid: number;
  /** Whether to make a registry stream. */
  readonly registry: boolean;
  readonly coverage: "subnet" | "partial";
  /** What all these miners earn together a block. */
  readonly minerPotRaoPerBlock: number;
  /** Largest expected share of the pot over the smallest; 1 or more. */
  readonly shareSpread: number;
  /** Largest relative change of a share in an epoch; 0 to below 1. */
  readonly shareJitter: number;
  /** Manual stake of each miner at the start. */
  readonly openingStake: AmountRange | null;
  /** Of each miner, on average. */
  readonly addsPerDay: number;
  readonly addSize: AmountRange;
  /** Of each miner that sells, on average, sweeps not counted. */
  readonly removesPerDay: number;
  readonly removeSize: AmountRange;
  /** Relative shares of the miners, 0 or more, not all 0. */
  readonly behaviours: Behaviours;
  /** Time between two sweeps of a sweeper, log-uniform, one draw a sweeper. */
  readonly sweepEveryDays: { readonly fromDays: number; readonly toDays: number };
  /** Number of the block at the start. */
  readonly firstBlock: number;
}

export interface Behaviours {
  /** Never remove anything. */
  readonly holders: number;
  /** Remove some now and then. */
  readonly trimmers: number;
  /** Do as trimmers, and sell everything at intervals. */
  readonly sweepers: number;
}
