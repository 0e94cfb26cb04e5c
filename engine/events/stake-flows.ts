import type { World } from "../books/world.js";
import { TenureError } from "../kernel/errors.js";
import type { ExitReason, UnexplainedKind } from "../tables/results.js";
import { STAKE_ACTIONS, type StakeAction } from "../tables/streams.js";

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

/** What stake events do to positions (docs/explanation/flows.md): which verb of the books they stand for, of which positions. */
export class StakeFlows {
  constructor(private readonly world: World) {}

  apply(event: StakeEvent): void {
    const action = STAKE_ACTIONS[event.action];
    this.world.flowTotals.stakeRows.add(event.netuid, event.toNetuid);
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
          place: this.world.provenance.place(),
          found: event.action,
          allowed: STAKE_ACTIONS.join(", "),
        });
    }
  }

  /** A removal and an addition of one coldkey in one extrinsic, taken as a move (`pair_moves`). */
  applyPair(removed: StakeEvent, added: StakeEvent): void {
    for (const { netuid } of [removed, added]) this.world.flowTotals.stakeRows.add(netuid, -1);
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
    world.holdings.startAnew(position, event.timeMs);
    if (event.amountRao > 0) this.noteUnexplained(event, "unexplained");
  }

  private inflow({ timeMs, netuid, hotkey, coldkey, amountRao }: StakeEvent): void {
    this.world.holdings.depositRecorded(this.world.position(netuid, hotkey, coldkey), timeMs, amountRao);
  }

  private outflow({ timeMs, netuid, hotkey, coldkey, amountRao }: StakeEvent, reason: ExitReason): void {
    this.world.holdings.withdrawRecorded(this.world.position(netuid, hotkey, coldkey), timeMs, amountRao, reason);
  }

  private arrivedRao({ timeMs, netuid, toNetuid, amountRao, toAmountRao }: StakeEvent): number {
    if (toAmountRao > 0) return toAmountRao;
    if (toNetuid >= 0 && toNetuid !== netuid && amountRao > 0) {
      throw new TenureError({
        code: "TEN-LEDGER-004",
        what: "Stake that goes to another subnet arrives in that subnet's alpha, so its amount there must be known.",
        place: { ...this.world.provenance.place(), timeMs },
        found: 0,
        allowed: "to_amount_rao above 0",
      });
    }
    return amountRao;
  }

  private pass(event: StakeEvent, action: "moved" | "swapped" | "transferred", arrivedRao: number, paired: boolean): void {
    const { world } = this;
    const { timeMs, netuid, hotkey, coldkey, amountRao: sentRao, toNetuid, toHotkey, toColdkey } = event;
    const from = world.position(netuid, hotkey, coldkey);
    const to = world.position(toNetuid < 0 ? netuid : toNetuid, toHotkey < 0 ? hotkey : toHotkey, toColdkey < 0 ? coldkey : toColdkey);
    world.holdings.move({ timeMs, action, from, to, sentRao, arrivedRao, paired });
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
    this.world.holdings.rekey(from, to, event.timeMs);
    this.world.passOn(from, to);
  }

  private noteUnexplained({ timeMs, netuid, hotkey, coldkey, amountRao }: StakeEvent, kind: UnexplainedKind): void {
    this.world.holdings.noteUnexplained(this.world.position(netuid, hotkey, coldkey), timeMs, kind, amountRao);
  }
}
