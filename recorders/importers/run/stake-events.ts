import { NO_DESTINATION, type StakeAction, type StakeEvent } from "../../../engine/index.js";
import type { Provenance } from "./event-order.js";
import type { FlowEvent } from "./flow-events.js";
import type { RunPosition } from "./run-positions.js";

/** A stake event with its place in the chain and its action by name; ids of the address book, -1: none. */
export interface StakeEventRow extends Omit<StakeEvent, "action">, Provenance {
  readonly action: StakeAction;
}

/** Flows of one instant, told as the stake events that make them again when they are replayed (docs/explanation/flows.md). */
export class StakeEvents {
  constructor(
    private readonly positions: readonly RunPosition[],
    /** Coldkeys of one owner: between them stake moves without being sold. */
    private readonly sameOwner: (coldkey: number, other: number) => boolean,
    /** `ledger.moves: strict`: only a swap of keys takes history along. */
    private readonly movesAreStrict: boolean,
  ) {}

  /** @param flows all but emission, in order */
  of(flows: readonly FlowEvent[]): StakeEventRow[] {
    const rows: StakeEventRow[] = [];
    for (let i = 0; i < flows.length; ) {
      const flow = flows[i];
      if (flow.flow === "moved_out") {
        const moves = movesOfEvent(flows, i);
        rows.push(...this.#moves(moves.map((at) => flows[at])));
        i += 2 * moves.length;
      } else if (flow.counterparty !== -1 && flow.flow === "outflow" && isArrivalOf(flow, flows[i + 1])) {
        rows.push(this.#passed(flow, flows[i + 1].amountRao));
        i += 2;
      } else {
        rows.push(this.#alone(flow));
        i += 1;
      }
    }
    return rows;
  }

  /** Stake that came from, or went to, no position of the run. */
  #alone(flow: FlowEvent): StakeEventRow {
    return {
      ...this.#origin(flow),
      action: flow.flow === "inflow" || flow.flow === "from_outside" ? "added" : actionOf(flow),
      ...NO_DESTINATION,
    };
  }

  /** Stake that left one position and arrived at another: sold and bought, in amounts of their own. */
  #passed(flow: FlowEvent, toAmountRao: number): StakeEventRow {
    const from = this.positions[flow.position];
    const to = this.positions[flow.counterparty];
    const swapped = from.netuid === to.netuid ? "moved" : "swapped";
    const action = flow.reason === "transfer" ? "transferred" : swapped;
    return { ...this.#origin(flow), action, toNetuid: to.netuid, toHotkey: to.hotkey, toColdkey: to.coldkey, toAmountRao };
  }

  /** What moved in one event. A key swap takes whole positions, also those that hold nothing any more but did. */
  #moves(flows: readonly FlowEvent[]): StakeEventRow[] {
    const rows: StakeEventRow[] = [];
    const swaps = new Set<string>();
    const emptied = new Set(flows.filter(({ amountRao }) => amountRao === 0).map((flow) => this.#swapOf(flow)));
    for (const flow of flows) {
      const from = this.positions[flow.position];
      const to = this.positions[flow.counterparty];
      const swap = this.#swapOf(flow);
      const ownerChanged = from.coldkey !== to.coldkey && !this.sameOwner(from.coldkey, to.coldkey);
      if (!this.movesAreStrict && !ownerChanged && !emptied.has(swap)) {
        const action = from.coldkey === to.coldkey ? "moved" : "transferred";
        rows.push({ ...this.#origin(flow), action, ...NO_DESTINATION, toHotkey: to.hotkey, toColdkey: to.coldkey });
        continue;
      }
      if (swaps.has(swap)) continue;
      swaps.add(swap);
      const keys = from.coldkey === to.coldkey ? { toHotkey: to.hotkey } : { toColdkey: to.coldkey };
      const action = from.coldkey === to.coldkey ? "hotkey_swapped" : "coldkey_swapped";
      rows.push({ ...this.#origin(flow), action, ...NO_DESTINATION, ...keys, amountRao: 0 });
    }
    return rows;
  }

  /** One key for all the positions that one swap of keys on one subnet takes along. */
  #swapOf(flow: FlowEvent): string {
    const from = this.positions[flow.position];
    const to = this.positions[flow.counterparty];
    return from.coldkey === to.coldkey
      ? `${from.netuid} hotkey ${from.hotkey} ${to.hotkey}`
      : `${from.netuid} coldkey ${from.coldkey} ${to.coldkey}`;
  }

  #origin({ timeMs, block, extrinsic, event, position, amountRao }: FlowEvent) {
    const { netuid, hotkey, coldkey } = this.positions[position];
    return { timeMs, block, extrinsic, event, netuid, hotkey, coldkey, amountRao };
  }
}

/** The action whose outflow has this reason. */
function actionOf({ reason }: FlowEvent): StakeAction {
  switch (reason) {
    case "burn":
      return "burned";
    case "slash":
      return "slashed";
    case "unexplained":
    case "rounding":
      return reason;
    default:
      return "removed";
  }
}

function isArrivalOf(left: FlowEvent, arrived: FlowEvent | undefined): boolean {
  return arrived?.flow === "inflow" && arrived.position === left.counterparty && arrived.counterparty === left.position;
}

/** Places of the `moved_out` rows of the event that begins at a place; each is followed by its `moved_in`. */
function movesOfEvent(flows: readonly FlowEvent[], first: number): number[] {
  const { block, extrinsic, event } = flows[first];
  const places: number[] = [];
  for (let i = first; flows[i]?.flow === "moved_out"; i += 2) {
    const flow = flows[i];
    if (flow.block !== block || flow.extrinsic !== extrinsic || flow.event !== event) break;
    places.push(i);
  }
  return places;
}
