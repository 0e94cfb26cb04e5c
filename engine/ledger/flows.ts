import { TenureError } from "../errors.js";
import { EXIT_REASONS, type ExitReason, FLOWS, type Flow } from "../tables/results.js";
import { STAKE_ACTIONS, type StakeAction } from "../tables/streams.js";
import type { World } from "../world.js";

/** A row of a stake stream; ids are of the world's address book, -1: none. */
export interface StakeEvent {
  readonly timeMs: number;
  readonly action: number;
  readonly netuid: number;
  readonly hotkey: number;
  readonly coldkey: number;
  readonly amountRao: number;
  readonly toNetuid: number;
  readonly toHotkey: number;
  readonly toColdkey: number;
  readonly toAmountRao: number;
}

const OUTFLOW_REASON: Partial<Record<StakeAction, ExitReason>> = {
  removed: "withdraw",
  burned: "burn",
  slashed: "slash",
  unexplained: "unexplained",
  rounding: "rounding",
};
const UNEXPLAINED = ["opening", "rounding", "unexplained"];

function reasonCode(reason: ExitReason): number {
  return EXIT_REASONS.indexOf(reason);
}

/** What stake events do to positions (mechanisms 2). */
export class Flows {
  constructor(private readonly world: World) {}

  apply(event: StakeEvent): void {
    const action = STAKE_ACTIONS[event.action];
    switch (action) {
      case "added":
      case "opened":
        this.inflow(event, event.netuid, event.hotkey, event.coldkey, event.amountRao, -1);
        if (action === "opened") this.noteUnexplained(event, "opening");
        return;
      case "removed":
      case "burned":
      case "slashed":
      case "unexplained":
      case "rounding":
        this.outflow(event, OUTFLOW_REASON[action] ?? "withdraw", -1);
        if (action === "unexplained" || action === "rounding") this.noteUnexplained(event, action);
        return;
      case "moved":
      case "swapped":
      case "transferred":
        this.pass(event, action);
        return;
      case "hotkey_swapped":
        this.rekeyHotkey(event);
        return;
      case "coldkey_swapped":
        this.rekeyColdkey(event);
        return;
      default:
        throw new TenureError({
          code: "TEN-LEDGER-006",
          what: "A stake event has an unknown action.",
          place: this.world.place(),
          found: event.action,
          allowed: STAKE_ACTIONS.join(", "),
        });
    }
  }

  /** A removal and an addition of one coldkey in one extrinsic, taken as a move (`pair_moves`). */
  applyPair(removed: StakeEvent, added: StakeEvent): void {
    this.pass(
      { ...removed, toNetuid: added.netuid, toHotkey: added.hotkey, toColdkey: added.coldkey, toAmountRao: added.amountRao },
      removed.netuid === added.netuid ? "moved" : "swapped",
    );
  }

  /** Takes whatever the position holds, in the recording and in the simulation, and lets it forget what it received. */
  startAnew(event: StakeEvent): void {
    const { world } = this;
    const position = world.position(event.netuid, event.hotkey, event.coldkey);
    const taken = world.book.empty(position, event.timeMs, reasonCode("unexplained"));
    world.outflowRao.add(taken);
    this.note(event, position, "outflow", taken, -1);
    if (event.amountRao > 0) this.noteUnexplained(event, "unexplained");
    world.book.forget(position);
  }

  private inflow(event: StakeEvent, netuid: number, hotkey: number, coldkey: number, amountRao: number, counterparty: number): void {
    const { world } = this;
    const position = world.position(netuid, hotkey, coldkey);
    world.book.inflow(position, event.timeMs, amountRao);
    world.inflowRao.add(amountRao);
    this.note(event, position, "inflow", amountRao, counterparty);
  }

  private outflow(event: StakeEvent, reason: ExitReason, counterparty: number): number {
    const { world } = this;
    const position = world.position(event.netuid, event.hotkey, event.coldkey);
    const taken = world.book.outflow(position, event.timeMs, event.amountRao, reasonCode(reason));
    world.outflowRao.add(taken);
    this.note(event, position, "outflow", taken, counterparty);
    return taken;
  }

  /** A move, swap or transfer: neutral for one owner inside a subnet, else an outflow here and an inflow there. */
  private pass(event: StakeEvent, action: "moved" | "swapped" | "transferred"): void {
    const { world } = this;
    const toNetuid = event.toNetuid < 0 ? event.netuid : event.toNetuid;
    const toHotkey = event.toHotkey < 0 ? event.hotkey : event.toHotkey;
    const toColdkey = event.toColdkey < 0 ? event.coldkey : event.toColdkey;
    const from = world.position(event.netuid, event.hotkey, event.coldkey);
    const to = world.position(toNetuid, toHotkey, toColdkey);
    if (from === to) return;
    const neutral =
      toNetuid === event.netuid &&
      world.sameOwner(event.coldkey, toColdkey) &&
      world.configuration.ledger.moves === "neutral_within_subnet";
    if (neutral) {
      const moved = world.book.move(from, to, event.timeMs, event.amountRao);
      if (moved === 0) return;
      this.note(event, from, "moved_out", moved, to);
      this.note(event, to, "moved_in", moved, from);
      return;
    }
    if (toNetuid !== event.netuid && event.toAmountRao === 0 && event.amountRao > 0) {
      throw new TenureError({
        code: "TEN-LEDGER-004",
        what: "Stake that goes to another subnet arrives in that subnet's alpha, so its amount there must be known.",
        place: { ...world.place(), timeMs: event.timeMs },
        found: 0,
        allowed: "to_amount_rao above 0",
      });
    }
    this.outflow(event, action === "transferred" ? "transfer" : "swap", to);
    const arrived = event.toAmountRao === 0 ? event.amountRao : event.toAmountRao;
    this.inflow(event, toNetuid, toHotkey, toColdkey, arrived, from);
  }

  /** Every position of the hotkey is re-keyed whole, on the event's subnet or (netuid -1) on all. */
  private rekeyHotkey(event: StakeEvent): void {
    const { world } = this;
    const { positions } = world;
    const count = positions.count;
    for (let position = 0; position < count; position++) {
      if (positions.hotkey[position] !== event.hotkey) continue;
      const netuid = positions.netuid[position];
      if (event.netuid >= 0 && netuid !== event.netuid) continue;
      this.rekey(event, position, world.position(netuid, event.toHotkey, positions.coldkey[position]));
    }
    for (const subnet of world.subnets.values()) {
      if (event.netuid >= 0 && subnet.configuration.netuid !== event.netuid) continue;
      const owner = subnet.registry.seatOf(event.hotkey)?.coldkey;
      if (owner === undefined || event.hotkey === event.toHotkey) continue;
      const displaced = subnet.registry.deregister(event.toHotkey);
      if (displaced !== undefined) world.recordSeat(subnet, displaced, "deregistered", event.timeMs);
      const seat = subnet.registry.rekey(event.hotkey, event.toHotkey, owner);
      if (seat !== undefined) world.recordSeat(subnet, seat, "ownership", event.timeMs);
    }
  }

  /** Every position of the coldkey is re-keyed whole, on the event's subnet or (netuid -1) on all. */
  private rekeyColdkey(event: StakeEvent): void {
    const { world } = this;
    const { positions } = world;
    const count = positions.count;
    for (let position = 0; position < count; position++) {
      if (positions.coldkey[position] !== event.coldkey) continue;
      const netuid = positions.netuid[position];
      if (event.netuid >= 0 && netuid !== event.netuid) continue;
      this.rekey(event, position, world.position(netuid, positions.hotkey[position], event.toColdkey));
    }
    for (const subnet of world.subnets.values()) {
      if (event.netuid >= 0 && subnet.configuration.netuid !== event.netuid) continue;
      const owned = [...subnet.registry.seats()].filter((seat) => seat.coldkey === event.coldkey);
      for (const { hotkey } of owned) {
        const seat = subnet.registry.rekey(hotkey, hotkey, event.toColdkey);
        if (seat !== undefined) world.recordSeat(subnet, seat, "ownership", event.timeMs);
      }
    }
  }

  private rekey(event: StakeEvent, from: number, to: number): void {
    if (from === to) return;
    const { book } = this.world;
    // What a position received goes along also when nothing of it is left.
    const hadStake = book.everHeld(from);
    const moved = book.moveAll(from, to, event.timeMs);
    if (!hadStake) return;
    this.note(event, from, "moved_out", moved, to);
    this.note(event, to, "moved_in", moved, from);
  }

  private note(event: StakeEvent, position: number, flow: Flow, amountRao: number, counterparty: number): void {
    const { world } = this;
    if (amountRao === 0 && flow !== "moved_out" && flow !== "moved_in") return;
    if (amountRao > 0) world.onFlow?.(position, event.timeMs, flow, amountRao);
    world.outputs.tables.flows?.push(
      event.timeMs,
      position,
      FLOWS.indexOf(flow),
      amountRao,
      counterparty,
      world.block,
      world.extrinsic,
      world.event,
    );
  }

  private noteUnexplained(event: StakeEvent, kind: "opening" | "rounding" | "unexplained"): void {
    const { world } = this;
    const position = world.position(event.netuid, event.hotkey, event.coldkey);
    if (kind === "unexplained") world.unexplainedRao.add(event.amountRao);
    if (kind === "rounding") world.roundingRao.add(event.amountRao);
    world.outputs.tables.unexplained?.push(event.timeMs, position, UNEXPLAINED.indexOf(kind), event.amountRao, world.block);
  }
}
