import type { Scheduled } from "../kernel/agenda.js";
import { PHASE_EPOCHS } from "../kernel/order.js";
import type { World } from "../world.js";
import type { Schedules } from "./schedules.js";

/** Pays the instalments of schedules when they are due, after the epochs that end at their instant (mechanisms 8). */
export class Instalments implements Scheduled {
  readonly duePhase = PHASE_EPOCHS;

  constructor(
    private readonly world: World,
    private readonly schedules: Schedules,
  ) {}

  get dueMs(): number {
    return this.schedules.nextDueMs;
  }

  run(): void {
    const { world } = this;
    for (const { schedule, number, dueMs, amountRao } of this.schedules.takeDue(this.dueMs)) {
      world.at("schedules", schedule.id, -1, -1, -1);
      const tranche = world.book.emission(schedule.position, dueMs, 0, amountRao);
      const { id, position } = schedule;
      world.outputs.tables.payments?.write({ schedule: id, instalment: number, timeMs: dueMs, position, amountRao, tranche });
      if (amountRao > 0) world.noteEmission(schedule.position, dueMs, amountRao);
    }
  }
}
