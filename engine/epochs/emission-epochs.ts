import { checkConservation } from "../conservation.js";
import type { Scheduled } from "../kernel/agenda.js";
import { PHASE_EPOCHS } from "../kernel/order.js";
import type { World } from "../world.js";
import type { EmissionIntake } from "./emission-intake.js";

/** `epochs: emission`: an epoch of a subnet ends at each instant that pays on it. */
export class EmissionEpochs implements Scheduled {
  readonly duePhase = PHASE_EPOCHS;

  constructor(
    private readonly world: World,
    private readonly intake: EmissionIntake,
  ) {}

  get dueMs(): number {
    return this.intake.waitingMs;
  }

  run(): void {
    const { world } = this;
    const timeMs = this.dueMs;
    for (const subnet of this.intake.take()) {
      world.at("emission", 0, subnet.group.block[0], -1, -1);
      world.settlement.settle(subnet, timeMs);
      if (world.configuration.audit) checkConservation(world);
    }
  }
}
