import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import { ROLES } from "../../tables/streams.js";
import { type Miner, OwnKey } from "./miner.js";

const MINER = ROLES.indexOf("miner");

/** A hotkey with a uid, and whose it is. */
export interface Seat {
  readonly miner: Miner;
  readonly key: OwnKey;
}

/** Whose position is whose: the hotkeys of all miners of a subnet, and who holds them. */
export class KeyRing {
  /** By number of the position on the subnet; undefined: no miner's. */
  readonly keyAt: (OwnKey | undefined)[] = [];
  readonly minerAt: (Miner | undefined)[] = [];
  /** The same by uid of those with a seat, in the order of uids. */
  readonly seated: Seat[] = [];
  #version = -1;

  constructor(
    private readonly world: World,
    readonly subnet: Subnet,
  ) {}

  /** A fresh hotkey of a miner: its position has an account of its own. */
  make(miner: Miner): OwnKey {
    const number = miner.keysMade;
    miner.keysMade += 1;
    const name = number === 0 ? miner.name : `${miner.name}/key-${number}`;
    return this.#add(miner, number, this.world.addresses.intern(name));
  }

  /** A hotkey goes over to another miner, whose position on it takes the place of the one before. */
  handOver(from: Miner, key: OwnKey, to: Miner, timeMs: number): OwnKey {
    const { world, subnet } = this;
    const { holdings } = world;
    from.keys.splice(from.keys.indexOf(key), 1);
    show(from);
    this.#forget(key.position);
    const taken = this.#add(to, to.keysMade, key.hotkey);
    to.keysMade += 1;
    holdings.rekey(key.position, taken.position, timeMs);
    world.passOn(key.position, taken.position);
    const seat = subnet.registry.rekey(key.hotkey, key.hotkey, to.coldkey);
    if (seat !== undefined) world.recordSeat(subnet, seat, "ownership", timeMs);
    const { uid, registeredMs, paidRao, receivedRao, remainingRao, heldShare, heldDays, multiplier } = key;
    Object.assign(taken, { uid, registeredMs, paidRao, receivedRao, remainingRao, heldShare, heldDays, multiplier });
    return taken;
  }

  /** Seats a hotkey, for which a full subnet prunes another. */
  seat(miner: Miner, key: OwnKey, timeMs: number): void {
    const { world, subnet } = this;
    world.recordSeats(subnet, subnet.registry.register(-1, key.hotkey, miner.coldkey, timeMs, world.lastPay(subnet)), timeMs);
  }

  /** Number of a key's position on the subnet. */
  memberOf(key: OwnKey): number {
    return this.world.positions.onSubnet[key.position];
  }

  /** Brings uids of all keys up to date. */
  refresh(): void {
    const { registry } = this.subnet;
    if (registry.version === this.#version) return;
    this.#version = registry.version;
    this.seated.length = 0;
    for (let member = 0; member < this.keyAt.length; member++) {
      const key = this.keyAt[member];
      const miner = this.minerAt[member];
      if (key === undefined || miner === undefined) continue;
      const seat = registry.seatOf(key.hotkey);
      const isOwn = seat !== undefined && seat.coldkey === miner.coldkey;
      key.uid = isOwn ? seat.uid : -1;
      key.registeredMs = isOwn ? seat.registeredMs : 0;
      if (isOwn) this.seated.push({ miner, key });
    }
    this.seated.sort((a, b) => a.key.uid - b.key.uid);
  }

  #add(miner: Miner, number: number, hotkey: number): OwnKey {
    const { world, subnet } = this;
    const known = world.positions.count;
    const position = world.position(subnet.configuration.netuid, hotkey, miner.coldkey);
    world.role[position] = MINER;
    if (position === known) world.holdings.giveAccount(position, world.accounts.open(`stake/${world.positions.nameOf(position)}`));
    const key = new OwnKey(number, hotkey, position);
    miner.keys.push(key);
    show(miner);
    const member = world.positions.onSubnet[position];
    while (this.keyAt.length <= member) {
      this.keyAt.push(undefined);
      this.minerAt.push(undefined);
    }
    this.keyAt[member] = key;
    this.minerAt[member] = miner;
    this.#version = -1;
    return key;
  }

  #forget(position: number): void {
    const member = this.world.positions.onSubnet[position];
    this.keyAt[member] = undefined;
    this.minerAt[member] = undefined;
  }
}

function show(miner: Miner): void {
  miner.shownKeys = Object.freeze(miner.keys.map(({ shown }) => shown));
}
