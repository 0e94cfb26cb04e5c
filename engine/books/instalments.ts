import type { Planned } from "../kernel/agenda.js";
import { PHASE_EPOCHS, RANK } from "../kernel/order.js";
import type { Schedules } from "./schedules.js";
import type { World } from "./world.js";

/** Pays the instalments of schedules when they are due, after the epochs that end at their instant (docs/explanation/schedules.md). */
export class Instalments {
  #planned: Planned | null = null;

  constructor(
    private readonly world: World,
    private readonly schedules: Schedules,
  ) {
    schedules.onStart = () => this.#plan();
  }

  #plan(): void {
    const { agenda } = this.world;
    const { nextDueMs } = this.schedules;
    if (this.#planned !== null) {
      if (this.#planned.timeMs <= nextDueMs) return;
      agenda.cancel(this.#planned);
    }
    this.#planned =
      nextDueMs === Number.POSITIVE_INFINITY ? null : agenda.plan(nextDueMs, PHASE_EPOCHS, RANK.INSTALMENTS, 0, () => this.#pay(nextDueMs));
  }

  #pay(nowMs: number): void {
    const { world } = this;
    for (const { schedule, number, dueMs, amountRao } of this.schedules.takeDue(nowMs)) {
      world.provenance.at("schedules", schedule.id, -1, -1, -1);
      const tranche = world.holdings.payInstalment(schedule.position, dueMs, amountRao);
      const { id, position } = schedule;
      world.outputs.tables.payments?.write({ schedule: id, instalment: number, timeMs: dueMs, position, amountRao, tranche });
    }
    this.#planned = null;
    this.#plan();
  }
}
