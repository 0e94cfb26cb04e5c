import type { StageFacts } from "../rules/stages/index.js";
import type { Bound } from "./bound-stages.js";

/** A stage of a running list, as those who look on are shown it; arrays are lent. */
export interface WatchedStage {
  /** Place in the list, from 0. */
  readonly at: number;
  readonly bound: Bound;
  readonly facts: StageFacts;
  /** Shares so far, before it. */
  readonly before: Float64Array;
  /** What is multiplied, or written anew; and what that is relative to. */
  readonly weight: Float64Array;
  readonly ceiling: number;
  /** Its factors, once it has run. */
  readonly factor: Float64Array;
  /** 1: each later bonus of the miner is exactly 1. */
  readonly withheld: Uint8Array;
  readonly base: Float64Array;
  /** Index of who is no miner of the streams; -1: nobody. */
  readonly outside: number;
}

/** Looks on while a list runs, and changes nothing of it. Told of every stage but those that keep. */
export interface StageWatch {
  begin(facts: StageFacts): void;
  /** A stage is about to run. */
  given(stage: WatchedStage): void;
  /** It has run. */
  made(stage: WatchedStage): void;
  /** @param ceiling what the weights at the end of the list are relative to */
  ended(weight: Float64Array, ceiling: number, count: number): void;
}
