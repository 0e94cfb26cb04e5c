import { fitTerms, type PlugIn, ruleOf } from "../plug-in.js";
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

  /**
   * It has ended; arrays are copied.
   * @param own the rule of a file that it is, or that it asks; null: it is built in
   */
  ended(at: number, own: TracedRule | null, trace: StageTrace, shares: Shares, count: number): void {
    const { before, after, factor } = shares;
    this.stages.push({
      at,
      effect: factor === null ? "share" : "factor",
      before: before.slice(0, count),
      after: after.slice(0, count),
      factor: factor === null ? new Float64Array(count).fill(1) : factor.slice(0, count),
      terms: trace.traces.map((one, miner) => fitting(one, own, factor?.[miner] ?? null)),
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

/** A rule of a file, and what is called its result. */
export interface TracedRule {
  readonly rule: PlugIn<{ readonly meaning: string }>;
  readonly result: "factor" | "multiplier";
}

/** Terms of a rule of one's own as they can be shown, with its result where it told any. */
function fitting(trace: Trace, own: TracedRule | null, factor: number | null): readonly NamedTerm[] {
  // Who guards a share stage has seen to its terms.
  if (own === null || factor === null || trace.terms.length === 0) return trace.terms;
  return fitTerms(trace, {}, { name: own.result, value: factor, formula: ruleOf(own.rule).meaning });
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

  /** Of who is no miner of the list, one that nobody reads. */
  of(miner: number): Trace {
    return this.traces[miner] ?? new Trace();
  }

  /** The trace of the list of a pool. */
  pool(name: string, members: Int32Array): ListTrace {
    const list = new ListTrace();
    this.pools.push({ name, members: members.slice(), list });
    return list;
  }
}
