import type { ScheduleConfiguration } from "../configuration/schedule-configuration.js";
import { InvariantError } from "../kernel/errors.js";
import { ceil, floor } from "../kernel/math.js";
import { MOST_INSTALMENTS } from "../kernel/ranges.js";

/** A reward that is paid in instalments (docs/explanation/schedules.md). */
export interface Schedule {
  readonly id: number;
  /** Whom it is paid to: who earned it, or who took that position's place since. */
  position: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly amountRao: number;
  readonly instalments: number;
  paid: number;
  paidRao: number;
}

export interface Instalment {
  readonly schedule: Schedule;
  /** From 1. */
  readonly number: number;
  readonly dueMs: number;
  readonly amountRao: number;
}

/** How many instalments: ceil(duration / interval), at least 1. */
export function instalmentCount({ durationMs, intervalMs }: ScheduleConfiguration): number {
  return ceil(durationMs / intervalMs);
}

/**
 * Amount of instalment k of n (k from 1): integers that differ by at most 1 rao and sum exactly to the reward; the
 * larger ones come first.
 */
export function instalmentRao(amountRao: number, n: number, k: number): number {
  const each = floor(amountRao / n);
  return each + (k <= amountRao - each * n ? 1 : 0);
}

/**
 * Vesting schedules and what of them is due. The first instalment is due at once, one more every interval.
 * Instalments of one instant are paid in order of schedule id.
 */
export class Schedules {
  readonly all: Schedule[] = [];
  /** Told of every schedule that starts. */
  onStart: (() => void) | null = null;
  /** One queue an instalment number: schedules start in time order, so each queue is due in its order. */
  readonly #next: number[] = [];
  readonly #count: number;

  constructor(private readonly configuration: ScheduleConfiguration) {
    this.#count = instalmentCount(configuration);
    if (!(this.#count >= 1 && this.#count <= MOST_INSTALMENTS)) {
      throw new InvariantError(`a schedule of ${configuration.durationMs} ms in intervals of ${configuration.intervalMs} ms`);
    }
    for (let k = 0; k < this.#count; k++) this.#next.push(0);
  }

  /** Starts a schedule; null for a reward below the minimum, which does not vest. Starts must come in time order. */
  start(position: number, startMs: number, amountRao: number): Schedule | null {
    if (amountRao < this.configuration.minVestingAmountRao) return null;
    const schedule: Schedule = {
      id: this.all.length,
      position,
      startMs,
      endMs: startMs + this.configuration.durationMs,
      amountRao,
      instalments: this.#count,
      paid: 0,
      paidRao: 0,
    };
    this.all.push(schedule);
    this.onStart?.();
    return schedule;
  }

  /** What a position is still owed goes to another that takes its place. */
  passOn(from: number, to: number): void {
    for (const schedule of this.all) if (schedule.position === from && schedule.paid < schedule.instalments) schedule.position = to;
  }

  /** When the next instalment is due; Infinity when none is. */
  get nextDueMs(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.#count; k++) {
      const schedule = this.all[this.#next[k]];
      if (schedule !== undefined) {
        const due = schedule.startMs + k * this.configuration.intervalMs;
        if (due < earliest) earliest = due;
      }
    }
    return earliest;
  }

  /** Takes the instalments due at or before `nowMs`, in order of due time, then schedule. Marks them paid. */
  takeDue(nowMs: number): Instalment[] {
    const due: Instalment[] = [];
    for (let k = 0; k < this.#count; k++) {
      for (;;) {
        const schedule = this.all[this.#next[k]];
        if (schedule === undefined) break;
        const dueMs = schedule.startMs + k * this.configuration.intervalMs;
        if (dueMs > nowMs) break;
        const amountRao = instalmentRao(schedule.amountRao, schedule.instalments, k + 1);
        schedule.paid += 1;
        schedule.paidRao += amountRao;
        due.push({ schedule, number: k + 1, dueMs, amountRao });
        this.#next[k] += 1;
      }
    }
    return due.sort((a, b) => a.dueMs - b.dueMs || a.schedule.id - b.schedule.id || a.number - b.number);
  }
}
