import type { Flow, UnexplainedKind } from "../tables/results.js";
import type { World } from "./world.js";

/** Writes down what stake events were to positions: the tables `flows` and `unexplained`, and the sums of the run. */
export class FlowNotes {
  constructor(private readonly world: World) {}

  /** A flow that is booked; nothing for an amount of 0. Counts it in the sum of its kind; moves cancel. */
  flow(timeMs: number, position: number, flow: Flow, amountRao: number, counterparty: number): void {
    const { world } = this;
    if (amountRao === 0) return;
    if (flow === "inflow") world.inflowRao.add(amountRao);
    else if (flow === "outflow") world.outflowRao.add(amountRao);
    else if (flow === "from_outside") world.fromOutsideRao.add(amountRao);
    world.onFlow?.(position, timeMs, flow, amountRao);
    this.row(timeMs, position, flow, amountRao, counterparty);
  }

  /** A position re-keyed whole: a row on both sides also where nothing is left, since what it received goes along. */
  rekeyed(timeMs: number, from: number, to: number, amountRao: number): void {
    for (const [position, flow, counterparty] of [[from, "moved_out", to] as const, [to, "moved_in", from] as const]) {
      if (amountRao > 0) this.world.onFlow?.(position, timeMs, flow, amountRao);
      this.row(timeMs, position, flow, amountRao, counterparty);
    }
  }

  private row(timeMs: number, position: number, flow: Flow, amountRao: number, counterparty: number): void {
    const { block, extrinsic, event, outputs } = this.world;
    outputs.tables.flows?.write({ timeMs, position, flow, amountRao, counterparty, block, extrinsic, event });
  }

  unexplained(timeMs: number, position: number, kind: UnexplainedKind, amountRao: number): void {
    const { world } = this;
    if (kind === "unexplained") world.unexplainedRao.add(amountRao);
    else if (kind === "rounding") world.roundingRao.add(amountRao);
    world.outputs.tables.unexplained?.write({ timeMs, position, kind, amountRao, block: world.block });
  }
}
