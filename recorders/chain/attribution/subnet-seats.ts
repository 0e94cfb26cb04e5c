import type { PositionId } from "../storage/position-id.js";
import type { BlockTime, EventPlace, RegistryRow } from "./block-rows.js";

interface Seat {
  readonly hotkey: string;
  readonly coldkey: string;
}

/** Who sits on which uid of a subnet, and the registry rows that say how it came about. */
export class SubnetSeats {
  readonly #byUid = new Map<number, Seat>();
  readonly #uidOf = new Map<string, number>();

  constructor(readonly netuid: number) {}

  /** Uids in use, ascending. */
  get uids(): number[] {
    return [...this.#byUid.keys()].sort((a, b) => a - b);
  }

  /** Taken seats, by uid. */
  get all(): ({ readonly uid: number } & Seat)[] {
    return this.uids.map((uid) => ({ uid, ...(this.#byUid.get(uid) as Seat) }));
  }

  at(uid: number): Seat | undefined {
    return this.#byUid.get(uid);
  }

  /** -1: it has no seat. */
  uidOf(hotkey: string): number {
    return this.#uidOf.get(hotkey) ?? -1;
  }

  ownerOf(hotkey: string): string | undefined {
    const uid = this.#uidOf.get(hotkey);
    return uid === undefined ? undefined : this.#byUid.get(uid)?.coldkey;
  }

  /** The positions by which the owners of the registered hotkeys are paid, by uid. */
  get owners(): PositionId[] {
    return this.all.map(({ hotkey, coldkey }) => ({ netuid: this.netuid, hotkey, coldkey }));
  }

  /** Is this the position by which the owner of a registered hotkey is paid? */
  isOwners(hotkey: string, coldkey: string): boolean {
    return this.ownerOf(hotkey) === coldkey;
  }

  /** A hotkey takes a uid. Whoever had it before, as the block before says, is deregistered first. */
  register(at: BlockTime, place: EventPlace, uid: number, hotkey: string, coldkey: string): RegistryRow[] {
    const rows = this.leave(at, place, uid);
    this.#byUid.set(uid, { hotkey, coldkey });
    this.#uidOf.set(hotkey, uid);
    rows.push({ at, ...place, action: "registered", netuid: this.netuid, uid, hotkey, coldkey });
    return rows;
  }

  /** Frees a uid; nothing happens where it is free. */
  leave(at: BlockTime, place: EventPlace, uid: number): RegistryRow[] {
    const seat = this.#byUid.get(uid);
    if (seat === undefined) return [];
    this.#byUid.delete(uid);
    if (this.#uidOf.get(seat.hotkey) === uid) this.#uidOf.delete(seat.hotkey);
    return [{ at, ...place, action: "deregistered", netuid: this.netuid, uid, ...seat }];
  }

  swapHotkey(at: BlockTime, place: EventPlace, key: string, toKey: string): RegistryRow[] {
    const uid = this.#uidOf.get(key);
    const seat = uid === undefined ? undefined : this.#byUid.get(uid);
    if (uid === undefined || seat === undefined || key === toKey) return [];
    const passed: Seat = { hotkey: toKey, coldkey: seat.coldkey };
    this.#byUid.set(uid, passed);
    this.#uidOf.delete(key);
    this.#uidOf.set(toKey, uid);
    return [{ at, ...place, action: "hotkey_swapped", netuid: this.netuid, uid, ...passed }];
  }

  swapColdkey(at: BlockTime, place: EventPlace, key: string, toKey: string): RegistryRow[] {
    const rows: RegistryRow[] = [];
    for (const uid of this.uids) {
      const seat = this.#byUid.get(uid) as Seat;
      if (seat.coldkey !== key || key === toKey) continue;
      const passed: Seat = { hotkey: seat.hotkey, coldkey: toKey };
      this.#byUid.set(uid, passed);
      rows.push({ at, ...place, action: "coldkey_swapped", netuid: this.netuid, uid, ...passed });
    }
    return rows;
  }

  /** The subnet is gone: all seats are free. */
  removeNetwork(at: BlockTime, place: EventPlace): RegistryRow[] {
    const [first] = this.uids;
    const seat = first === undefined ? undefined : this.#byUid.get(first);
    this.#byUid.clear();
    this.#uidOf.clear();
    // A row names keys; where nobody is registered there is nothing to say.
    return seat === undefined ? [] : [{ at, ...place, action: "network_removed", netuid: this.netuid, uid: -1, ...seat }];
  }

  /**
   * Compares the seats with what the chain says and brings them there (uids can be trimmed without an event).
   * @param hotkeys by uid
   * @param owners of all of them
   * @returns rows for what no event had said
   */
  bringTo(at: BlockTime, place: EventPlace, hotkeys: readonly (string | undefined)[], owners: ReadonlyMap<string, string>): RegistryRow[] {
    const rows: RegistryRow[] = [];
    // Who leaves goes first: a hotkey may have changed its uid.
    for (const uid of this.uids) if (hotkeys[uid] !== this.#byUid.get(uid)?.hotkey) rows.push(...this.leave(at, place, uid));
    hotkeys.forEach((hotkey, uid) => {
      rows.push(...this.bring(at, place, uid, hotkey, owners));
    });
    return rows;
  }

  /** Brings one uid to what the chain says of it. */
  bring(at: BlockTime, place: EventPlace, uid: number, hotkey: string | undefined, owners: ReadonlyMap<string, string>): RegistryRow[] {
    if (hotkey === undefined) return this.leave(at, place, uid);
    // A hotkey that nobody owns is its own owner, as the chain takes it.
    const coldkey = owners.get(hotkey) ?? hotkey;
    const seat = this.#byUid.get(uid);
    if (seat?.hotkey !== hotkey) return this.register(at, place, uid, hotkey, coldkey);
    if (seat.coldkey === coldkey) return [];
    this.#byUid.set(uid, { hotkey, coldkey });
    return [{ at, ...place, action: "coldkey_swapped", netuid: this.netuid, uid, hotkey, coldkey }];
  }
}
