/** What a stage of the other list makes otherwise of one miner, in an epoch of the run. */
export interface OtherAnswer {
  readonly netuid: number;
  /** From 1. */
  readonly epoch: number;
  readonly endMs: number;
  readonly position: number;
  /** Place of the stage in both lists, from 0; -1: the residual. */
  readonly at: number;
  /** `bonus`: one behind it that it withholds in one of the lists alone; `ceiling`: what weights are measured against. */
  readonly of: "factor" | "share" | "bonus" | "ceiling" | "kept" | "residual";
  /** What the run's stage makes, and the other one: a factor, a share so far, what it keeps; 0 of `residual`. */
  readonly was: number;
  readonly is: number;
  /** Has the miner a weight there, so that it matters? */
  readonly counts: boolean;
}

/** The epoch that runs, and who its miners are. */
export interface OtherPlace extends Pick<OtherAnswer, "netuid" | "epoch" | "endMs"> {
  readonly miners: number;
  positionOf(miner: number): number;
}
