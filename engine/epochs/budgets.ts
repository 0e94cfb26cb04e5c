import type { Outputs } from "../books/outputs.js";
import type { Subnet } from "../books/subnet.js";
import type { Spending } from "../rules/stages/stage.js";

/** What the budget of a subnet came to over a run. */
export interface BudgetCourse {
  epochs: number;
  /** Epochs in which nothing was paid for want of a price, or of one that is not too old. */
  unpriced: number;
  stale: number;
  /** What stays due after the last, in billionths of its unit. */
  leftNanos: bigint;
}

/** What budgets paid, epoch by epoch, and what stays due. */
export class Budgets {
  readonly courses = new Map<Subnet, BudgetCourse>();

  constructor(private readonly outputs: Outputs) {}

  take(subnet: Subnet, { dueNanos, paidRao, leftNanos, note }: Spending): void {
    let left = 0n;
    for (const nanos of leftNanos.values()) left += nanos;
    const course = this.courses.get(subnet) ?? { epochs: 0, unpriced: 0, stale: 0, leftNanos: 0n };
    course.epochs += 1;
    if (note === "no_price") course.unpriced += 1;
    else if (note === "stale_price") course.stale += 1;
    course.leftNanos = left;
    this.courses.set(subnet, course);
    const { netuid } = subnet.configuration;
    this.outputs.tables.budgets?.write({
      netuid,
      epoch: subnet.epoch,
      dueRao: dueNanos.toString(),
      paidRao,
      staysDueRao: left.toString(),
      note,
    });
  }
}
