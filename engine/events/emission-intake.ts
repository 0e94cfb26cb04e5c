import type { Subnet } from "../books/subnet.js";
import type { World } from "../books/world.js";
import type { StreamDescription } from "../configuration/stream-description.js";
import { isRao } from "../kernel/money.js";
import { ROLES } from "../tables/streams.js";
import type { EventHandler } from "./event-handler.js";
import { refuseAmount, type SimulatedSubnets } from "./row-refusals.js";
import type { StreamCursor } from "./stream-cursor.js";
import { ToldTwice } from "./told-twice.js";

const MINER = ROLES.indexOf("miner");

/** Takes what a subnet is recorded to emit, instead of who is recorded to be paid. */
export interface PotIntake {
  /** A row of an instant, in the order of the stream; `role` is a code of `ROLES`. */
  take(timeMs: number, role: number, amountRao: number): void;
}

/** Takes emission rows into the groups of their subnets, and seats whom no registry stream seats. */
export class EmissionIntake implements EventHandler {
  /** Instant of the rows that wait for their epoch to end or to be booked; Infinity: none do. */
  waitingMs = Number.POSITIVE_INFINITY;
  /** Told of an instant that pays, at the first of its rows. */
  onInstant: ((timeMs: number) => void) | null = null;
  /** Subnets that they are of. */
  readonly waiting = new Set<Subnet>();
  /** Positions that were paid as miners, and were seated then if they had to be. */
  private seated = new Uint8Array(256);
  private readonly recordedSeats: boolean;
  private readonly twice: ToldTwice;

  constructor(
    private readonly world: World,
    streams: readonly StreamDescription[],
    private readonly simulated: SimulatedSubnets,
    /** By netuid: subnets of which only the pots are taken. */
    private readonly pots: ReadonlyMap<number, PotIntake> = new Map(),
  ) {
    this.twice = new ToldTwice(streams, "emission", "A payment");
    this.recordedSeats = streams.some(({ kind }) => kind === "registry" || kind === "metagraph");
  }

  /** Takes all rows of the current instant that the current chunk holds. */
  take(cursor: StreamCursor): void {
    const { world } = this;
    const timeMs = cursor.timeMs;
    if (this.waitingMs !== timeMs) {
      this.waitingMs = timeMs;
      this.onInstant?.(timeMs);
    }
    const {
      timeMs: times,
      block: blocks,
      netuid: netuids,
      hotkey: hotkeys,
      coldkey: coldkeys,
      uid: uids,
      role: roles,
      amountRao: amounts,
    } = cursor.columnsOf("emission");
    const rows = cursor.rows;
    let row = cursor.row;
    let subnet: Subnet | undefined;
    for (; row < rows && times[row] === timeMs; row++) {
      const amount = amounts[row];
      if (!isRao(amount)) refuseAmount(cursor, row, blocks[row], amount);
      if (amount === 0) continue;
      const netuid = netuids[row];
      const pot = this.pots.size === 0 ? undefined : this.pots.get(netuid);
      if (pot !== undefined) {
        pot.take(timeMs, roles[row], amount);
        continue;
      }
      if (subnet === undefined || subnet.configuration.netuid !== netuid) {
        this.simulated.refuse(cursor, row, netuid);
        subnet = world.subnet(netuid);
        this.waiting.add(subnet);
        subnet.group.begin(timeMs);
      }
      const position = world.position(netuid, hotkeys[row], coldkeys[row]);
      const role = roles[row];
      if (this.twice.looks) this.twice.take(cursor, row, `${position}:${role}`);
      world.noteRole(position, role);
      if (role === MINER && this.seated[position] !== 1) this.seat(subnet, position, uids[row], timeMs);
      let uid = uids[row];
      if (uid < 0) uid = subnet.registry.seatOf(hotkeys[row])?.uid ?? position;
      if (uid < 0) uid = position;
      subnet.group.add(position, amount, role, uid, blocks[row]);
    }
    cursor.row = row - 1;
    cursor.advance();
  }

  /** Hands over what waits, in order of netuid. */
  handOver(): readonly Subnet[] {
    this.waitingMs = Number.POSITIVE_INFINITY;
    const subnets = [...this.waiting].sort((a, b) => a.configuration.netuid - b.configuration.netuid);
    this.waiting.clear();
    return subnets;
  }

  /**
   * Who is paid as a miner and was never seated by a registry counts as seated from then on: there is no registry stream, or
   * it holds only a window and the seat is older than it (docs/explanation/registry.md).
   */
  private seat(subnet: Subnet, position: number, uid: number, timeMs: number): void {
    if (position >= this.seated.length) {
      const wider = new Uint8Array(position * 2);
      wider.set(this.seated);
      this.seated = wider;
    }
    this.seated[position] = 1;
    const { world } = this;
    const hotkey = world.positions.hotkey[position];
    const coldkey = world.positions.coldkey[position];
    const { registry } = subnet;
    if (!this.recordedSeats) world.recordSeats(subnet, registry.register(uid, hotkey, coldkey, timeMs, world.lastPay(subnet)), timeMs);
    else {
      const seat = registry.seatedBefore(uid, hotkey, coldkey);
      if (seat !== undefined) world.recordSeat(subnet, seat, "registered", timeMs);
    }
  }
}
