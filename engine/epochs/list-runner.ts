import type { EpochSheet } from "./epoch-sheet.js";
import type { StageList } from "./stage-list.js";

/** Runs the list of stages of a scenario on epochs of subnets, wherever these are known from. */
export interface ListRunner<Subnet> {
  /**
   * The list after it ran; valid until it runs again.
   * @param isOutside whether `outside` shares
   */
  run(subnet: Subnet, sheet: EpochSheet, isOutside: boolean): StageList;
}
