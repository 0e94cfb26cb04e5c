import type { StreamDescription } from "../configuration.js";
import { TenureError } from "../errors.js";
import type { StreamCursor } from "../kernel/stream-cursor.js";
import { isRao, MAX_RAO } from "../money.js";
import type { Subnet } from "../subnet.js";
import { ROLES } from "../tables/streams.js";
import type { World } from "../world.js";

const MINER = ROLES.indexOf("miner");

/** Takes emission rows into the groups of their subnets, and seats whom no registry stream seats. */
export class EmissionIntake {
  /** Instant of the rows that wait for their epoch to end or to be booked; Infinity: none do. */
  waitingMs = Number.POSITIVE_INFINITY;
  /** Subnets that they are of. */
  readonly waiting = new Set<Subnet>();
  /** Positions that were paid as miners, and were seated then if they had to be. */
  private seated = new Uint8Array(256);
  private readonly recordedSeats: boolean;

  /** @param simulatedNetuid a subnet whose pay is simulated, so that it may not be recorded; -1: none */
  constructor(
    private readonly world: World,
    streams: readonly StreamDescription[],
    private readonly refuseSimulated: (cursor: StreamCursor, netuid: number) => void,
  ) {
    this.recordedSeats = streams.some(({ kind }) => kind === "registry" || kind === "metagraph");
  }

  /** Takes all rows of the current instant that the current chunk holds. */
  collect(cursor: StreamCursor): void {
    const { world } = this;
    const timeMs = cursor.timeMs;
    this.waitingMs = timeMs;
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
      if (subnet === undefined || subnet.configuration.netuid !== netuid) {
        this.refuseSimulated(cursor, netuid);
        subnet = world.subnet(netuid);
        this.waiting.add(subnet);
        subnet.group.begin(timeMs);
      }
      const position = world.position(netuid, hotkeys[row], coldkeys[row]);
      const role = roles[row];
      world.role[position] = role;
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
  take(): readonly Subnet[] {
    this.waitingMs = Number.POSITIVE_INFINITY;
    const subnets = [...this.waiting].sort((a, b) => a.configuration.netuid - b.configuration.netuid);
    this.waiting.clear();
    return subnets;
  }

  /**
   * Who is paid as a miner and was never seated by a registry counts as seated from then on: there is no registry stream, or
   * it holds only a window and the seat is older than it (mechanisms 9).
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

/** The refusal of an amount in column `amount_rao` or its like. */
export function refuseAmount(cursor: StreamCursor, row: number, block: number, found: number): never {
  throw new TenureError({
    code: "TEN-LEDGER-002",
    what: "An amount is not a whole number of rao in range.",
    place: { stream: cursor.description.name, row: cursor.before + row, block },
    found,
    allowed: `whole rao from 0 to ${MAX_RAO} (2^53 - 1)`,
    hint: "Amounts are integers of rao: 1 token is 1000000000.",
  });
}
