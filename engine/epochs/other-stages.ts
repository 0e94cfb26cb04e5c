import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { type OtherPlace, OtherWatch } from "./other-watch.js";
import type { StageWatch } from "./stage-list.js";

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

/**
 * Asks the stages of another list, one by one, what they make of exactly what the stages of a run are given, epoch by epoch. What they
 * remember is what this run had. It changes nothing of the run.
 */
export class OtherStages {
  /**
   * @param list with stages of the same names in the same places
   * @param places of the stages that are other ones
   * @param told of everybody of whom such a stage makes something else
   */
  constructor(
    readonly list: StageListConfiguration,
    private readonly places: ReadonlySet<number>,
    private readonly told: (answer: OtherAnswer) => void,
  ) {}

  /** Of the list of one subnet. @param place of the epoch that runs, and the position of each of its miners */
  watch(running: StageListConfiguration, place: () => OtherPlace): StageWatch {
    const { list, places } = this;
    return new OtherWatch({ running, other: list, places }, (miner, answer) => {
      const { netuid, epoch, endMs, miners, positionOf } = place();
      // Who is outside has no position.
      if (miner < miners) this.told({ netuid, epoch, endMs, position: positionOf(miner), ...answer });
    });
  }
}
