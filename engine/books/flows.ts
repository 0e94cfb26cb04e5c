import { TenureError } from "../kernel/errors.js";
import { EXIT_REASONS, type ExitReason, type UnexplainedKind } from "../tables/results.js";
import { STAKE_ACTIONS, type StakeAction } from "../tables/streams.js";
import { FlowNotes } from "./flow-notes.js";
import { Passes } from "./passes.js";
import type { World } from "./world.js";

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

function reasonCode(reason: ExitReason): number {
  return EXIT_REASONS.indexOf(reason);
}

/** What stake events do to positions (docs/explanation/flows.md). */
export class Flows {
  private readonly notes: FlowNotes;
  private readonly passes: Passes;

  constructor(private readonly world: World) {
    this.notes = new FlowNotes(world);
    this.passes = new Passes(world, this.notes);
  }

  apply(event: StakeEvent): void {
    const action = STAKE_ACTIONS[event.action];
    this.world.stakeRows.add(event.netuid, event.toNetuid);
    switch (action) {
      case "added":
      case "opened":
        this.inflow(event);
        if (action === "opened") this.noteUnexplained(event, "opening");
        return;
      case "removed":
      case "burned":
      case "slashed":
      case "unexplained":
      case "rounding":
        this.outflow(event, OUTFLOW_REASON[action] ?? "withdraw");
        if (action === "unexplained" || action === "rounding") this.noteUnexplained(event, action);
        return;
      case "moved":
      case "swapped":
      case "transferred":
        this.pass(event, action, this.arrivedRao(event), false);
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
    for (const { netuid } of [removed, added]) this.world.stakeRows.add(netuid, -1);
    this.pass(
      { ...removed, toNetuid: added.netuid, toHotkey: added.hotkey, toColdkey: added.coldkey },
      removed.netuid === added.netuid ? "moved" : "swapped",
      added.amountRao,
      true,
    );
  }

  /** Takes whatever the position holds, in the recording and in the simulation, and lets it forget what it received. */
  startAnew(event: StakeEvent): void {
    const { world } = this;
    const position = world.position(event.netuid, event.hotkey, event.coldkey);
    const taken = world.book.empty(position, event.timeMs, reasonCode("unexplained"));
    this.notes.flow(event.timeMs, position, "outflow", taken, -1);
    if (event.amountRao > 0) this.noteUnexplained(event, "unexplained");
    world.book.forget(position);
  }

  private inflow({ timeMs, netuid, hotkey, coldkey, amountRao }: StakeEvent): void {
    const position = this.world.position(netuid, hotkey, coldkey);
    this.world.book.inflow(position, timeMs, amountRao);
    this.notes.flow(timeMs, position, "inflow", amountRao, -1);
  }

  private outflow({ timeMs, netuid, hotkey, coldkey, amountRao }: StakeEvent, reason: ExitReason): void {
    const position = this.world.position(netuid, hotkey, coldkey);
    this.world.withdrawals.ask(amountRao);
    this.notes.flow(timeMs, position, "outflow", this.world.book.outflow(position, timeMs, amountRao, reasonCode(reason)), -1);
  }

  private arrivedRao({ timeMs, netuid, toNetuid, amountRao, toAmountRao }: StakeEvent): number {
    if (toAmountRao > 0) return toAmountRao;
    if (toNetuid >= 0 && toNetuid !== netuid && amountRao > 0) {
      throw new TenureError({
        code: "TEN-LEDGER-004",
        what: "Stake that goes to another subnet arrives in that subnet's alpha, so its amount there must be known.",
        place: { ...this.world.place(), timeMs },
        found: 0,
        allowed: "to_amount_rao above 0",
      });
    }
    return amountRao;
  }

  private pass(event: StakeEvent, action: "moved" | "swapped" | "transferred", arrivedRao: number, paired: boolean): void {
    this.world.withdrawals.ask(event.amountRao);
    this.passes.apply({
      timeMs: event.timeMs,
      action,
      netuid: event.netuid,
      hotkey: event.hotkey,
      coldkey: event.coldkey,
      sentRao: event.amountRao,
      toNetuid: event.toNetuid < 0 ? event.netuid : event.toNetuid,
      toHotkey: event.toHotkey < 0 ? event.hotkey : event.toHotkey,
      toColdkey: event.toColdkey < 0 ? event.coldkey : event.toColdkey,
      arrivedRao,
      paired,
    });
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
      if (event.hotkey === event.toHotkey) continue;
      const isSeated = subnet.registry.seatOf(event.hotkey) !== undefined;
      const displaced = isSeated ? subnet.registry.deregister(event.toHotkey) : undefined;
      if (displaced !== undefined) world.recordSeat(subnet, displaced, "deregistered", event.timeMs);
      const seat = subnet.registry.rekey(event.hotkey, event.toHotkey);
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
    if (hadStake) this.notes.rekeyed(event.timeMs, from, to, moved);
    this.world.passOn(from, to);
  }

  private noteUnexplained({ timeMs, netuid, hotkey, coldkey, amountRao }: StakeEvent, kind: UnexplainedKind): void {
    this.notes.unexplained(timeMs, this.world.position(netuid, hotkey, coldkey), kind, amountRao);
  }
}
