import { EXIT_REASONS, type ExitReason, FLOWS, type Flow } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import { contradiction } from "./contradiction.js";
import type { Provenance } from "./event-order.js";
import { TableCursor } from "./table-cursor.js";

/** A row of the table `flows`; of an outflow also why, as its exits say. */
export interface FlowEvent extends Provenance {
  /** Its place in the table. */
  readonly row: number;
  readonly position: number;
  readonly flow: Flow;
  readonly amountRao: number;
  /** The other position; -1: none. */
  readonly counterparty: number;
  readonly reason: ExitReason | null;
}

/** The flows of a run in order, instant by instant, each outflow joined with the exits it made. */
export async function* flowsByInstant(run: OpenRun, signal: AbortSignal | undefined): AsyncGenerator<FlowEvent[]> {
  const flows = new TableCursor(run, "flows");
  const exits = new TableCursor(run, "exits");
  try {
    let instant: FlowEvent[] = [];
    for (let row = 0; flows.stands || (await flows.refill()); flows.advance(), row++) {
      const timeMs = flows.number("time_ms");
      if (instant.length > 0 && instant[0].timeMs !== timeMs) {
        signal?.throwIfAborted();
        yield instant;
        instant = [];
      }
      instant.push(await flowEvent(flows, exits, row));
    }
    if (instant.length > 0) yield instant;
    if (await exits.refill()) throw contradiction("exits", "there are exits of no outflow", exits.number("amount_rao"), "none");
  } finally {
    await flows.close();
    await exits.close();
  }
}

function flowEvent(flows: TableCursor, exits: TableCursor, place: number): FlowEvent | Promise<FlowEvent> {
  const flow = FLOWS[flows.number("flow")];
  const row = {
    row: place,
    timeMs: flows.number("time_ms"),
    block: flows.number("block"),
    extrinsic: flows.number("extrinsic"),
    event: flows.number("event"),
    position: flows.number("position"),
    flow,
    amountRao: flows.number("amount_rao"),
    counterparty: flows.number("counterparty"),
    reason: null,
  };
  if (flow !== "outflow") return row;
  return reasonOf(exits, row.timeMs, row.position, row.amountRao).then((reason) => ({ ...row, reason }));
}

/** Takes the exits that make up an outflow. */
async function reasonOf(exits: TableCursor, timeMs: number, position: number, amountRao: number): Promise<ExitReason> {
  let leftRao = amountRao;
  let reason: ExitReason | undefined;
  while (leftRao > 0) {
    if (!exits.stands && !(await exits.refill())) throw contradiction("exits", "an outflow has no exits", 0, `${leftRao} rao`, timeMs);
    const exitRao = exits.number("amount_rao");
    if (exits.number("time_ms") !== timeMs || exits.number("position") !== position || exitRao > leftRao) {
      throw contradiction(
        "exits",
        "the exits are not those of the outflows",
        exitRao,
        `up to ${leftRao} rao of position ${position}`,
        timeMs,
      );
    }
    reason = EXIT_REASONS[exits.number("reason")];
    leftRao -= exitRao;
    exits.advance();
  }
  return reason ?? "withdraw";
}
