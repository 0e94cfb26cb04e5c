import { type NamedTerm, Trace } from "../trace.js";

/** What one stage of a list did in an epoch, with its terms; by miner, in the order of uids. */
export interface TracedStage {
  /** Place in its list, from 0. */
  readonly at: number;
  readonly effect: "factor" | "share";
  /** Shares so far; of the list of a pool those of the pool. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** 1 of a stage that gives out shares. */
  readonly factor: Float64Array;
  readonly terms: readonly (readonly NamedTerm[])[];
  /** 1: a stage before withheld its bonus. */
  readonly withheld: Uint8Array;
  readonly pools: readonly TracedPool[];
}

/** The list of a pool at work. */
export interface TracedPool {
  readonly name: string;
  /** Index of each of its miners among those of the list in which it stands. */
  readonly members: Int32Array;
  readonly list: ListTrace;
}

/** Collects the terms of the stages of a list while it runs. In a run there is none. */
export class ListTrace {
  readonly stages: TracedStage[] = [];

  /** A stage begins. */
  stage(miners: number): StageTrace {
    return new StageTrace(miners);
  }

  /** It has ended; arrays are copied. */
  ended(at: number, effect: TracedStage["effect"], trace: StageTrace, shares: Shares, count: number): void {
    const { before, after, factor } = shares;
    this.stages.push({
      at,
      effect,
      before: before.slice(0, count),
      after: after.slice(0, count),
      factor: factor === null ? new Float64Array(count).fill(1) : factor.slice(0, count),
      terms: trace.traces.map(({ terms }) => terms),
      withheld: trace.withheld,
      pools: trace.pools,
    });
  }
}

interface Shares {
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly factor: Float64Array | null;
}

/** Traces of all miners of a stage. */
export class StageTrace {
  readonly traces: readonly Trace[];
  readonly withheld: Uint8Array;
  readonly pools: TracedPool[] = [];

  constructor(miners: number) {
    this.traces = Array.from({ length: miners }, () => new Trace());
    this.withheld = new Uint8Array(miners);
  }

  of(miner: number): Trace {
    return this.traces[miner];
  }

  /** The trace of the list of a pool. */
  pool(name: string, members: Int32Array): ListTrace {
    const list = new ListTrace();
    this.pools.push({ name, members: members.slice(), list });
    return list;
  }
}
