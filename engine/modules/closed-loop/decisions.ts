import { minerStrategyLabel } from "../../agents/miners/index.js";
import { type MinerOrder, OrderList } from "../../agents/miners/order-list.js";
import { TenureError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import type { RandomStream } from "../../kernel/random.js";
import { instantText } from "../../kernel/time.js";
import { RuleFault } from "../../rules/rule-fault.js";
import type { ClosedLoopRecords } from "./closed-loop-records.js";
import type { Miner } from "./miner.js";
import type { OrderExecution } from "./order-execution.js";
import type { Sight } from "./sight.js";

/**
 * Lets miners decide, one after the other: by priority, and inside one in an order that is drawn anew at each instant, so that nobody
 * is always first. What one does is booked before the next one looks.
 */
export class Decisions {
  /** How often anybody was asked. */
  count = 0;
  readonly #orders = new OrderList();

  constructor(
    private readonly sight: Sight,
    private readonly execution: OrderExecution,
    private readonly records: ClosedLoopRecords,
    private readonly random: RandomStream,
    /** Told of times at which a miner wants to decide again. */
    private readonly wakeAt: (miner: Miner, timeMs: number) => void,
  ) {}

  /** @param miners by priority; their order inside one changes */
  decide(miners: Miner[], timeMs: number): void {
    this.#permute(miners);
    this.sight.lookAtMarket();
    for (const miner of miners) this.#ask(miner, timeMs);
    this.count += miners.length;
  }

  /** Carries an order out, counts it and writes it down. */
  carryOut(miner: Miner, order: MinerOrder, timeMs: number): void {
    const outcome = this.execution.execute(miner, order, timeMs);
    this.sight.lookAtMarket();
    miner.totals.orders += 1;
    if (outcome.refusal === "none") miner.totals.ordersDone += 1;
    this.records.order(timeMs, miner, order, outcome);
  }

  #ask(miner: Miner, timeMs: number): void {
    const orders = this.#orders;
    const { sight } = this;
    orders.clear();
    sight.look(miner);
    try {
      miner.agent.decide(sight.shown, orders.desk);
      for (let i = 0; i < orders.count; i++) this.carryOut(miner, orders.orders[i], timeMs);
    } catch (error) {
      throw error instanceof TenureError ? this.#blamed(error, miner, timeMs) : error;
    }
    for (let i = 0; i < orders.wakeCount; i++) this.wakeAt(miner, orders.wakes[i]);
  }

  /** Fisher and Yates, inside each priority. */
  #permute(miners: Miner[]): void {
    const { random } = this;
    for (let first = 0; first < miners.length; ) {
      const { priority } = miners[first].group;
      let end = first + 1;
      while (end < miners.length && miners[end].group.priority === priority) end += 1;
      for (let left = end - first; left > 1; left--) {
        const at = first + floor(random() * left);
        const last = first + left - 1;
        const miner = miners[at];
        miners[at] = miners[last];
        miners[last] = miner;
      }
      first = end;
    }
  }

  #blamed(error: TenureError, { name, group }: Miner, timeMs: number): TenureError {
    if (error.code !== "TEN-AGENT-121" && !(error instanceof RuleFault)) return error;
    const { code, what, place, found, allowed, hint } = error;
    const where = `Agent ${name} (${minerStrategyLabel(group.strategy)}), epoch ${this.sight.epoch}, ${instantText(timeMs)}.`;
    return new TenureError({
      code,
      what: `${what} ${where}`,
      place: { ...place, timeMs },
      found,
      ...(allowed === undefined ? {} : { allowed }),
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
