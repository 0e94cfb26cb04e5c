import { KeyNumbers } from "./key-numbers.js";

/** A hotkey's seat on a subnet. */
export interface Seat {
  /** -1: it is not known which; only a seat that is older than what is recorded. */
  readonly uid: number;
  readonly hotkey: number;
  readonly coldkey: number;
  /** 0: before anything that is recorded. */
  readonly registeredMs: number;
  /** Order of registration, for ties; below 0: before anything that is recorded. */
  readonly sequence: number;
}

const BEFORE_ALL = -1_000_000_000;

export interface SeatChange {
  readonly seat: Seat;
  readonly change: "registered" | "deregistered" | "replaced";
}

/**
 * Who sits on which uid of a subnet (docs/explanation/registry.md). A full subnet prunes the seat with the lowest last-epoch pay that is
 * not immune, ties the earlier registered; where all are immune, the lowest pay of all.
 */
export class Registry {
  /** Numbers of hotkeys, seated or not, by which stages remember them. */
  readonly keys = new KeyNumbers();
  readonly #byUid = new Map<number, Seat>();
  readonly #byHotkey = new Map<number, Seat>();
  /** Hotkeys that were ever seated or unseated. */
  readonly #known = new Set<number>();
  /** Hotkeys seated by `seatedBefore` that no registration followed. */
  readonly #inferred = new Set<number>();
  #sequence = 0;
  #sequenceBefore = BEFORE_ALL;
  #nextFree = 0;
  /** Changes with every change of a seat. */
  version = 0;

  constructor(
    private readonly capacity: number,
    private readonly immunityMs: number,
  ) {}

  get size(): number {
    return this.#byUid.size;
  }

  /** Hotkeys whose seats are older than what is recorded, so far as no registration of theirs is recorded. */
  get inferred(): number {
    return this.#inferred.size;
  }

  seatOf(hotkey: number): Seat | undefined {
    return this.#byHotkey.get(hotkey);
  }

  seatAt(uid: number): Seat | undefined {
    return this.#byUid.get(uid);
  }

  /** All seats, those without a known uid last. */
  *seats(): Iterable<Seat> {
    yield* this.#byUid.values();
    if (this.#byHotkey.size === this.#byUid.size) return;
    for (const seat of this.#byHotkey.values()) if (seat.uid < 0) yield seat;
  }

  /**
   * Seats a hotkey that nothing recorded ever seated or unseated: its registration is older than what is recorded. It sits on
   * the uid if that is known and nobody else is known to.
   * @returns undefined for a hotkey that is known
   */
  seatedBefore(uid: number, hotkey: number, coldkey: number): Seat | undefined {
    if (this.#known.has(hotkey)) return undefined;
    this.#known.add(hotkey);
    this.#inferred.add(hotkey);
    const free = uid >= 0 && !this.#byUid.has(uid);
    const seat: Seat = { uid: free ? uid : -1, hotkey, coldkey, registeredMs: 0, sequence: this.#sequenceBefore++ };
    if (free) this.#byUid.set(uid, seat);
    this.#byHotkey.set(hotkey, seat);
    this.version += 1;
    return seat;
  }

  /**
   * Seats a hotkey. A uid of -1 takes the lowest free one, or prunes. Who sat on the uid before is replaced; a hotkey
   * that is seated already on the same uid only changes owner.
   * @param lastPayRao pay of a hotkey in the last epoch, for pruning
   * @returns none where all stays as it was
   */
  register(uid: number, hotkey: number, coldkey: number, timeMs: number, lastPayRao: (seat: Seat) => number): SeatChange[] {
    const changes: SeatChange[] = [];
    this.#known.add(hotkey);
    this.#inferred.delete(hotkey);
    const seated = this.#byHotkey.get(hotkey);
    const target = uid >= 0 ? uid : seated !== undefined && seated.uid >= 0 ? seated.uid : this.#freeUid(timeMs, lastPayRao);
    if (seated !== undefined && seated.uid !== target) {
      this.#remove(seated);
      if (seated.uid >= 0) changes.push({ seat: seated, change: "deregistered" });
    }
    const before = this.#byUid.get(target);
    if (before !== undefined && before.hotkey !== hotkey) {
      this.#remove(before);
      changes.push({ seat: before, change: "replaced" });
    }
    // Who registers was not seated: a seat that was only inferred begins anew.
    const kept = before !== undefined && before.hotkey === hotkey && before.sequence >= 0 ? before : undefined;
    const seat: Seat = {
      uid: target,
      hotkey,
      coldkey,
      registeredMs: kept?.registeredMs ?? timeMs,
      sequence: kept?.sequence ?? this.#sequence++,
    };
    this.#byUid.set(target, seat);
    this.#byHotkey.set(hotkey, seat);
    this.version += 1;
    if (kept?.coldkey !== coldkey) changes.push({ seat, change: "registered" });
    return changes;
  }

  /** Unseats a hotkey; undefined when it has no seat. */
  deregister(hotkey: number): Seat | undefined {
    this.#known.add(hotkey);
    const seat = this.#byHotkey.get(hotkey);
    if (seat !== undefined) this.#remove(seat);
    return seat;
  }

  /**
   * Passes a seat on to another hotkey or owner, as key swaps do. A seat that the other hotkey had goes. Who was known to have
   * none is known under the other hotkey too.
   * @param toColdkey the owner's from then on; the same one when left out
   */
  rekey(hotkey: number, toHotkey: number, toColdkey?: number): Seat | undefined {
    this.keys.passOn(hotkey, toHotkey);
    const seat = this.#byHotkey.get(hotkey);
    if (seat === undefined) {
      if (this.#known.has(hotkey)) this.#known.add(toHotkey);
      return undefined;
    }
    this.#remove(seat);
    this.deregister(toHotkey);
    const passed: Seat = { ...seat, hotkey: toHotkey, coldkey: toColdkey ?? seat.coldkey };
    if (passed.uid >= 0) this.#byUid.set(passed.uid, passed);
    this.#byHotkey.set(toHotkey, passed);
    this.version += 1;
    return passed;
  }

  #freeUid(timeMs: number, lastPayRao: (seat: Seat) => number): number {
    if (this.#byUid.size < this.capacity) {
      while (this.#byUid.has(this.#nextFree)) this.#nextFree += 1;
      return this.#nextFree;
    }
    return this.#pruned(timeMs, lastPayRao).uid;
  }

  #pruned(timeMs: number, lastPayRao: (seat: Seat) => number): Seat {
    let lowest: Seat | undefined;
    let lowestImmune = true;
    let lowestPay = 0;
    for (const seat of this.#byUid.values()) {
      const immune = timeMs - seat.registeredMs < this.immunityMs;
      const pay = lastPayRao(seat);
      const lower =
        lowest === undefined || (immune !== lowestImmune ? !immune : pay !== lowestPay ? pay < lowestPay : seat.sequence < lowest.sequence);
      if (lower) {
        lowest = seat;
        lowestImmune = immune;
        lowestPay = pay;
      }
    }
    return lowest as Seat;
  }

  #remove(seat: Seat): void {
    this.#byHotkey.delete(seat.hotkey);
    this.version += 1;
    if (seat.uid < 0) return;
    this.#byUid.delete(seat.uid);
    if (seat.uid < this.#nextFree) this.#nextFree = seat.uid;
  }
}
