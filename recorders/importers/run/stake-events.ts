import { MAX_RAO, NO_DESTINATION, type StakeAction, type StakeEvent } from "../../../engine/index.js";
import type { Provenance } from "./event-order.js";
import type { FlowEvent } from "./flow-events.js";
import type { KeySwaps } from "./key-swaps.js";
import type { LedgerTerms } from "./ledger-terms.js";
import type { Rejection } from "./rejections.js";
import { type RunPosition, swapOf } from "./run-positions.js";
import { isOneEvent, passAt, type StakePass } from "./stake-pass.js";
import { VainRequests } from "./vain-requests.js";

/** A stake event with its place in the chain and its action by name; ids of the address book, -1: none. */
export interface StakeEventRow extends Omit<StakeEvent, "action">, Provenance {
  readonly action: StakeAction;
}

/**
 * Flows of one instant, told as the stake events that make them again when they are replayed (docs/explanation/flows.md). An
 * event that asked for more than there was is told with what it asked for: so its replay is short of the same, and what it
 * brought from outside comes from outside again.
 */
export class StakeEvents {
  /** Requests that took and brought nothing, told as removals. */
  inVain = 0;
  /** What each position holds, rao. */
  readonly #heldRao: number[];

  constructor(
    private readonly positions: readonly RunPosition[],
    private readonly terms: LedgerTerms,
    private readonly swaps: KeySwaps,
  ) {
    this.#heldRao = positions.map(() => 0);
  }

  /**
   * @param all flows of one instant in order; pay comes before stake events
   * @param rejections of that instant in order
   */
  of(all: readonly FlowEvent[], rejections: readonly Rejection[]): StakeEventRow[] {
    for (const flow of all) if (flow.flow === "emission") this.#book(flow);
    const flows = all.filter(({ flow }) => flow !== "emission");
    const short = [...rejections];
    const vain = new VainRequests(rejections);
    const events: StakeEventRow[][] = [];
    for (let at = 0; at < flows.length; ) {
      vain.before(flows[at], this.#heldRao);
      const swapped = this.#swappedAt(flows, at);
      if (swapped > 0) {
        events.push(this.#swapped(flows.slice(at, at + swapped)));
        at += swapped;
        continue;
      }
      const pass = passAt(flows, at, this.terms, short);
      const found = this.#shortOf(pass, short);
      if (found >= 0) vain.met(short.splice(0, found));
      const [rejection] = found === -1 ? [] : short.splice(0, 1);
      events.push([this.#told(pass, this.terms.rejectionsAreOfRun ? rejection : undefined)]);
      for (const flow of flows.slice(at, at + pass.rows)) this.#book(flow);
      at += pass.rows;
    }
    const places = vain.places(short, this.#heldRao);
    return [...events, []].flatMap((event, place) => [...this.#vain(places.get(place) ?? []), ...event]).map((row) => this.#alone(row));
  }

  /** The place of the rejection that a pass met; -1: none. */
  #shortOf({ first, from, leftRao, movedRao, outsideRao }: StakePass, short: readonly Rejection[]): number {
    const taken = leftRao + movedRao;
    return short.findIndex((one) => {
      if (one.position !== from || !isOneEvent(one, first)) return false;
      // Those of recorded twins speak of other amounts than the run's.
      if (!this.terms.rejectionsAreOfRun) return outsideRao > 0;
      if (one.cause !== "shortfall") return taken === 0 && outsideRao > 0;
      // A move onto itself takes nothing but what is lost.
      return one.heldRao === this.#heldRao[from] && (one.heldRao === taken || first.counterparty === -1);
    });
  }

  #told(pass: StakePass, short: Rejection | undefined): StakeEventRow {
    const { first, from, to, leftRao, movedRao, arrivedRao, outsideRao } = pass;
    const takenRao = leftRao + movedRao;
    if (short !== undefined) {
      if (to === -1) {
        if (first.flow === "outflow" && short.heldRao === takenRao) return this.#own(first, actionOf(first), short.requestedRao);
        const keptRao = short.cause === "shortfall" ? short.heldRao - takenRao : 0;
        return this.#passed(first, from, from, short.requestedRao, keptRao + arrivedRao);
      }
      // Where the run's sender was short and its recorded twin was not, no more came than what it gave.
      const isMove = this.terms.isNeutral(from, to);
      if (isMove || outsideRao > 0) return this.#passed(first, from, to, short.requestedRao, movedRao + arrivedRao);
    }
    if (takenRao === 0) return this.#own({ ...first, position: to === -1 ? from : to }, "added", arrivedRao);
    if (to === -1 || (movedRao === 0 && arrivedRao === 0)) return this.#own(first, actionOf(first), leftRao);
    if (movedRao > 0) return this.#passed(first, from, to, takenRao, leftRao + arrivedRao === 0 ? 0 : movedRao + arrivedRao);
    return this.#passed(first, from, to, outsideRao === 0 ? takenRao : this.#askedRao(pass), arrivedRao);
  }

  /**
   * What a sender must be asked for so that it lacks what came from outside. There is such an amount where all it held was taken,
   * as a ledger does that clamps; else all that arrives is told as its gift.
   */
  #askedRao({ from, leftRao, arrivedRao, outsideRao }: StakePass): number {
    if (!this.terms.clamps || this.#heldRao[from] !== leftRao) return leftRao;
    // The least amount of which arrived * left / asked, rounded down, is what was given.
    const askedRao = (BigInt(arrivedRao) * BigInt(leftRao)) / BigInt(arrivedRao - outsideRao + 1) + 1n;
    return askedRao <= BigInt(MAX_RAO) ? Number(askedRao) : leftRao;
  }

  /** Stake that was asked for in vain; the tables do not tell what for. A move onto itself of which all arrived left no flow either. */
  #vain(short: readonly Rejection[]): StakeEventRow[] {
    if (!this.terms.rejectionsAreOfRun) return [];
    return short.map((one) => {
      const at = { ...one, flow: "outflow", amountRao: 0, counterparty: -1, reason: null, row: -1 } as const;
      if (one.cause === "shortfall") return this.#passed(at, one.position, one.position, one.requestedRao, one.heldRao);
      this.inVain += 1;
      return this.#own(at, "removed", one.requestedRao);
    });
  }

  /** Stake that left one position and arrived at another, in amounts of their own; 0 arrived: all. */
  #passed(first: FlowEvent, fromPosition: number, toPosition: number, amountRao: number, toAmountRao: number): StakeEventRow {
    const from = this.positions[fromPosition];
    const to = this.positions[toPosition];
    const row = { ...this.#own({ ...first, position: fromPosition }, "moved", amountRao), toHotkey: to.hotkey, toColdkey: to.coldkey };
    if (from.netuid !== to.netuid) {
      const action = first.reason === "transfer" ? "transferred" : "swapped";
      return { ...row, action, toNetuid: to.netuid, toAmountRao };
    }
    const isTransfer = first.flow === "outflow" && first.reason !== null && !this.terms.isNeutral(fromPosition, toPosition);
    const transferred = isTransfer ? first.reason === "transfer" : from.coldkey !== to.coldkey;
    return { ...row, action: transferred ? "transferred" : "moved", toAmountRao };
  }

  /** Stake that came from, or went to, no position of the run. */
  #own({ timeMs, block, extrinsic, event, position }: FlowEvent, action: StakeAction, amountRao: number): StakeEventRow {
    const { netuid, hotkey, coldkey } = this.positions[position];
    return { timeMs, block, extrinsic, event, netuid, hotkey, coldkey, amountRao, action, ...NO_DESTINATION };
  }

  /** A replay would pair removals and additions; those that belong together were paired. A row of no extrinsic has no partner. */
  #alone(row: StakeEventRow): StakeEventRow {
    const mayPair = this.terms.pairsMoves && (row.action === "added" || row.action === "removed");
    return mayPair ? { ...row, extrinsic: -1, event: -1 } : row;
  }

  /** How many rows from a place on one swap of keys left. */
  #swappedAt(flows: readonly FlowEvent[], first: number): number {
    const from = new Set<number>();
    let at = first;
    for (; flows[at]?.flow === "moved_out" && this.swaps.isSwap(flows[at].row); at += 2) {
      if (from.has(flows[at].position) || !isOneEvent(flows[at], flows[first])) break;
      from.add(flows[at].position);
    }
    for (const flow of flows.slice(first, at)) this.#book(flow);
    return at - first;
  }

  /** A swap of a key takes whole positions, also those that hold nothing any more but did: one row a subnet. */
  #swapped(flows: readonly FlowEvent[]): StakeEventRow[] {
    const rows: StakeEventRow[] = [];
    const told = new Set<string>();
    for (const flow of flows) {
      if (flow.flow !== "moved_out") continue;
      const from = this.positions[flow.position];
      const to = this.positions[flow.counterparty];
      const ofHotkey = from.coldkey === to.coldkey;
      const swap = swapOf(from, to);
      if (told.has(swap)) continue;
      told.add(swap);
      const keys = ofHotkey ? { toHotkey: to.hotkey } : { toColdkey: to.coldkey };
      rows.push({ ...this.#own(flow, ofHotkey ? "hotkey_swapped" : "coldkey_swapped", 0), ...keys });
    }
    return rows;
  }

  #book({ position, flow, amountRao }: FlowEvent): void {
    this.#heldRao[position] += flow === "outflow" || flow === "moved_out" ? -amountRao : amountRao;
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
