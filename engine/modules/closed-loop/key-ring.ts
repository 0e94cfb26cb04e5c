import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import { InvariantError } from "../../kernel/errors.js";
import type { Seat } from "../../registry/registry.js";
import { ROLES } from "../../tables/streams.js";
import { type Miner, OwnKey } from "./miner.js";

const MINER = ROLES.indexOf("miner");

/** A hotkey with a uid, and whose it is. */
export interface KeyWithSeat<M extends Miner = Miner> {
  readonly miner: M;
  readonly key: OwnKey;
}

/** Whose position is whose: the hotkeys of all who decide on a subnet, and who holds them. */
export class KeyRing<M extends Miner = Miner> {
  /** By number of the position on the subnet; undefined: no miner's. */
  readonly keyAt: (OwnKey | undefined)[] = [];
  readonly minerAt: (M | undefined)[] = [];
  /** The same by uid of those with a seat, in the order of uids. */
  readonly seated: KeyWithSeat<M>[] = [];
  #version = -1;

  constructor(
    private readonly world: World,
    readonly subnet: Subnet,
  ) {}

  /** A fresh hotkey of a miner: its position has an account of its own. */
  make(miner: M): OwnKey {
    const number = miner.keysMade;
    miner.keysMade += 1;
    const name = number === 0 ? miner.name : `${miner.name}/key-${number}`;
    return this.#add(miner, number, this.world.addresses.intern(name));
  }

  /** A hotkey whose position is there already becomes a miner's: what it holds is in an account of its own from here on. */
  adopt(miner: M, position: number): OwnKey {
    const { world } = this;
    const number = miner.keysMade;
    miner.keysMade += 1;
    world.holdings.giveAccount(position, world.accounts.open(`stake/${world.positions.nameOf(position)}`));
    return this.#put(miner, new OwnKey(number, world.positions.hotkey[position], position));
  }

  /** A miner's key stands for another position, by a recorded swap of keys, which holds all that the one before did. */
  passOn(miner: M, from: number, to: number): void {
    const { world } = this;
    const member = world.positions.onSubnet[from];
    const key = this.keyAt[member];
    if (key === undefined || this.minerAt[member] !== miner) throw new InvariantError(`position ${from} is no key of ${miner.name}`);
    this.#forget(from);
    const name = `stake/${world.positions.nameOf(to)}`;
    if (world.accounts.find(name) === undefined) world.holdings.giveAccount(to, world.accounts.open(name));
    key.position = to;
    key.hotkey = world.positions.hotkey[to];
    miner.coldkey = world.positions.coldkey[to];
    this.#set(key, miner);
  }

  /** A hotkey goes over to another miner, whose position on it takes the place of the one before. */
  handOver(from: M, key: OwnKey, to: M, timeMs: number): OwnKey {
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
    from.totals.seatsLost += 1;
    to.totals.seatsTaken += 1;
    const { uid, registeredMs, paidRao, receivedRao, remainingRao, heldShare, heldDays, multiplier } = key;
    Object.assign(taken, { uid, registeredMs, paidRao, receivedRao, remainingRao, heldShare, heldDays, multiplier });
    return taken;
  }

  /** Seats a hotkey, for which a full subnet prunes another. */
  seat(miner: M, key: OwnKey, timeMs: number): void {
    const { world, subnet } = this;
    const changes = subnet.registry.register(-1, key.hotkey, miner.coldkey, timeMs, world.lastPay(subnet));
    world.recordSeats(subnet, changes, timeMs);
    if (timeMs > world.configuration.startMs) miner.totals.seatsTaken += 1;
    for (const { seat, change } of changes) if (change === "replaced") this.#holderOf(seat).totals.seatsLost += 1;
  }

  /** Number of a position on the subnet. */
  numberOf(position: number): number {
    return this.world.positions.onSubnet[position];
  }

  /** Number of a key's position on the subnet. */
  memberOf(key: OwnKey): number {
    return this.numberOf(key.position);
  }

  /** Whose a position of the subnet is; undefined: nobody's who decides. */
  ownerOf(position: number): { readonly miner: M; readonly key: OwnKey } | undefined {
    const member = this.numberOf(position);
    const key = this.keyAt[member];
    const miner = this.minerAt[member];
    return key === undefined || miner === undefined ? undefined : { miner, key };
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

  #add(miner: M, number: number, hotkey: number): OwnKey {
    const { world, subnet } = this;
    const known = world.positions.count;
    const position = world.position(subnet.configuration.netuid, hotkey, miner.coldkey);
    world.noteRole(position, MINER);
    if (position === known) world.holdings.giveAccount(position, world.accounts.open(`stake/${world.positions.nameOf(position)}`));
    return this.#put(miner, new OwnKey(number, hotkey, position));
  }

  #put(miner: M, key: OwnKey): OwnKey {
    miner.keys.push(key);
    show(miner);
    this.#set(key, miner);
    return key;
  }

  #set(key: OwnKey, miner: M): void {
    const member = this.memberOf(key);
    while (this.keyAt.length <= member) {
      this.keyAt.push(undefined);
      this.minerAt.push(undefined);
    }
    this.keyAt[member] = key;
    this.minerAt[member] = miner;
    this.#version = -1;
  }

  #holderOf(seat: Seat): M {
    const { world, subnet } = this;
    const position = world.position(subnet.configuration.netuid, seat.hotkey, seat.coldkey);
    const owner = this.ownerOf(position);
    if (owner === undefined) throw new InvariantError(`seat ${seat.uid} of a subnet of agents is nobody's`);
    return owner.miner;
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
