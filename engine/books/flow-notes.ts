import type { ExactSum } from "../kernel/money.js";
import { FLOWS, type Flow, type UnexplainedKind } from "../tables/ledger-results.js";
import { ACCOUNT } from "./accounts.js";
import type { BookSurroundings } from "./book-surroundings.js";
import type { OwnershipListener } from "./ownership-listener.js";

const CODES = Object.fromEntries(FLOWS.map((flow, code) => [flow, code])) as Readonly<Record<Flow, number>>;

/** Writes down what is booked: the tables `flows` and `unexplained`, and the sums of the run; and tells who listens. */
export class FlowNotes {
  private readonly listeners: OwnershipListener[] = [];
  /** Sum of the run that a flow counts in; moves cancel, and emission is counted by the ledgers. */
  private readonly sums: Partial<Record<Flow, ExactSum>>;

  constructor(private readonly around: BookSurroundings) {
    const { inflowRao, outflowRao, fromOutsideRao } = around.flowTotals;
    this.sums = { inflow: inflowRao, outflow: outflowRao, from_outside: fromOutsideRao };
  }

  listen(listener: OwnershipListener): void {
    this.listeners.push(listener);
  }

  get heard(): boolean {
    return this.listeners.length > 0;
  }

  /** A flow that is booked; nothing for an amount of 0. */
  flow(
    timeMs: number,
    position: number,
    flow: Flow,
    amountRao: number,
    counterparty: number,
    account: number = ACCOUNT.OUTSIDE_MARKET,
  ): void {
    if (amountRao === 0) return;
    this.sums[flow]?.add(amountRao);
    for (const listener of this.listeners) listener.flowed(position, timeMs, flow, amountRao, account);
    this.row(timeMs, position, flow, amountRao, counterparty);
  }

  /** A position re-keyed whole: a row on both sides also where nothing is left, since what it received goes along. */
  rekeyed(timeMs: number, from: number, to: number, amountRao: number): void {
    for (const [position, flow, counterparty] of [[from, "moved_out", to] as const, [to, "moved_in", from] as const]) {
      if (amountRao > 0) this.flow(timeMs, position, flow, amountRao, counterparty);
      else this.row(timeMs, position, flow, amountRao, counterparty);
    }
  }

  /** Emission that is booked, of a block that may be another than that of the event; -1: unknown. */
  emission(timeMs: number, position: number, amountRao: number, block: number): void {
    if (amountRao !== 0) this.write(timeMs, position, "emission", amountRao, -1, block, -1, -1);
  }

  /** Pay that is awarded, whenever it is booked. */
  awarded(position: number, amountRao: number): void {
    for (const listener of this.listeners) listener.awarded?.(position, amountRao);
  }

  unexplained(timeMs: number, position: number, kind: UnexplainedKind, amountRao: number): void {
    const { flowTotals, outputs, provenance } = this.around;
    if (kind === "unexplained") flowTotals.unexplainedRao.add(amountRao);
    else if (kind === "rounding") flowTotals.roundingRao.add(amountRao);
    outputs.tables.unexplained?.write({ timeMs, position, kind, amountRao, block: provenance.block });
  }

  private row(timeMs: number, position: number, flow: Flow, amountRao: number, counterparty: number): void {
    const { block, extrinsic, event } = this.around.provenance;
    this.write(timeMs, position, flow, amountRao, counterparty, block, extrinsic, event);
  }

  /** Column by column: a run may have millions of them. */
  private write(
    timeMs: number,
    position: number,
    flow: Flow,
    amountRao: number,
    counterparty: number,
    block: number,
    extrinsic: number,
    event: number,
  ): void {
    const { flows } = this.around.outputs.tables;
    if (flows === null) return;
    const to = flows.room(1);
    const { rows } = flows;
    to.timeMs[rows] = timeMs;
    to.position[rows] = position;
    to.flow[rows] = CODES[flow];
    to.amountRao[rows] = amountRao;
    to.counterparty[rows] = counterparty;
    to.block[rows] = block;
    to.extrinsic[rows] = extrinsic;
    to.event[rows] = event;
    flows.filled(1);
  }
}
