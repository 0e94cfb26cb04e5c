import type { StageListConfiguration } from "../configuration/stage-list-configuration.js";
import { InvariantError } from "../kernel/errors.js";
import type { OtherAnswer, OtherPlace } from "./other-answer.js";
import { OtherWatch } from "./other-watch.js";
import type { StageWatch } from "./watched-stage.js";

/**
 * Asks the stages of another list, one by one, what they make of exactly what the stages of a run are given, epoch by epoch. What they
 * remember is what this run had. It changes nothing of the run.
 */
export class OtherStages {
  /**
   * @param running the list of the run, with `ABSENT_STAGE` where the other one has a stage more
   * @param list the other one, as long: each stage in the place of that of the run, `ABSENT_STAGE` where it has none
   * @param places of the stages that are other ones
   * @param told of everybody of whom such a stage makes something else
   */
  constructor(
    readonly running: StageListConfiguration,
    readonly list: StageListConfiguration,
    private readonly places: ReadonlySet<number>,
    private readonly told: (answer: OtherAnswer) => void,
  ) {
    if (running.stages.length !== list.stages.length) throw new InvariantError("two lists of stages with other places");
  }

  /** Of the list of one subnet. @param place of the epoch that runs, and the position of each of its miners */
  watch(place: () => OtherPlace): StageWatch {
    const { running, list, places } = this;
    return new OtherWatch({ running, other: list, places }, (miner, answer) => {
      const { netuid, epoch, endMs, miners, positionOf } = place();
      // Who is outside has no position.
      if (miner < miners) this.told({ netuid, epoch, endMs, position: positionOf(miner), ...answer });
    });
  }
}
