import { checkConservation } from "../books/conservation.js";
import type { World } from "../books/world.js";
import type { EmissionIntake } from "../events/emission-intake.js";
import { PHASE_EPOCHS, RANK } from "../kernel/order.js";
import type { CloseEpoch } from "./clock-epochs.js";

/** `epochs: emission`: an epoch of a subnet ends at each instant that pays on it. */
export function endEpochsByEmission(world: World, intake: EmissionIntake, close: CloseEpoch): void {
  const end = (timeMs: number) => {
    for (const subnet of intake.handOver()) {
      world.at("emission", 0, subnet.group.block[0], -1, -1);
      close(subnet, timeMs);
      if (world.configuration.audit) checkConservation(world);
    }
  };
  intake.onInstant = (timeMs) => void world.agenda.plan(timeMs, PHASE_EPOCHS, RANK.EPOCHS, 0, () => end(timeMs));
}
