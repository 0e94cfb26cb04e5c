import { floor } from "../kernel/math.js";
import { DAY_MS } from "../kernel/time.js";
import type { BasisFollower } from "./basis-follower.js";
import { WholeDayAges } from "./whole-day-ages.js";

interface Entry {
  readonly entryMs: number;
  readonly tranche: number;
  receivedRao: number;
  remainingRao: number;
}

class Window {
  /** By (entry time, id). */
  readonly entries: Entry[] = [];
  /** Entries before it have left the window. */
  first = 0;
  /** Sums from `first` on; bigint because what was received can pass 2^53, and so does an amount times a time. */
  receivedRao = 0n;
  remainingRao = 0;
  /** Sum of remaining * entry time. */
  weightedMs = 0n;
}

/**
 * What tranches of the retention basis that entered in a moving window received and still hold (docs/explanation/holding.md,
 * `retention_scope: window`). Emptied tranches stay until they leave the window. A reading is amortised O(1), with whole
 * days O(log n); a change to a tranche is O(log n).
 */
export class WindowHoldings implements BasisFollower {
  readonly #windows: Window[] = [];
  readonly #days: WholeDayAges | null;

  constructor(wholeDays: boolean) {
    this.#days = wholeDays ? new WholeDayAges() : null;
  }

  added(position: number, entryMs: number, tranche: number, amountRao: number): void {
    const window = this.#of(position);
    window.entries.push({ entryMs, tranche, receivedRao: amountRao, remainingRao: amountRao });
    window.receivedRao += BigInt(amountRao);
    this.#hold(position, window, entryMs, amountRao);
  }

  taken(position: number, entryMs: number, tranche: number, amountRao: number): void {
    const window = this.#of(position);
    const entry = window.entries[find(window, entryMs, tranche)];
    if (entry === undefined) return;
    entry.remainingRao -= amountRao;
    this.#hold(position, window, entryMs, -amountRao);
  }

  unreceived(position: number, entryMs: number, tranche: number, amountRao: number): void {
    this.#reduce(position, entryMs, tranche, amountRao, 0);
  }

  split(from: number, to: number, entryMs: number, tranche: number, movedTranche: number, remainingRao: number, receivedRao: number): void {
    // What left the window at its origin has left it at the target, too.
    if (!this.#reduce(from, entryMs, tranche, receivedRao, remainingRao)) return;
    const target = this.#of(to);
    const into = lowerBound(target, entryMs, movedTranche);
    target.entries.splice(into, 0, { entryMs, tranche: movedTranche, receivedRao, remainingRao });
    target.receivedRao += BigInt(receivedRao);
    this.#hold(to, target, entryMs, remainingRao);
  }

  movedAll(from: number, to: number): void {
    const origin = this.#of(from);
    const target = this.#of(to);
    const carried = origin.entries.slice(origin.first);
    this.#windows[from] = new Window();
    if (carried.length > 0) {
      const kept = target.entries.slice(target.first);
      target.entries.length = 0;
      for (const entry of [...kept, ...carried].sort(byEntry)) target.entries.push(entry);
      target.first = 0;
      target.receivedRao += origin.receivedRao;
      target.remainingRao += origin.remainingRao;
      target.weightedMs += origin.weightedMs;
    }
    this.#days?.movedAll(from, to);
  }

  forgotten(position: number): void {
    this.#windows[position] = new Window();
  }

  /** Lets go of what entered at or before an instant, which never goes back. */
  advance(position: number, afterMs: number): void {
    const window = this.#of(position);
    const { entries } = window;
    while (window.first < entries.length && entries[window.first].entryMs <= afterMs) {
      const { entryMs, receivedRao, remainingRao } = entries[window.first];
      window.receivedRao -= BigInt(receivedRao);
      this.#hold(position, window, entryMs, -remainingRao);
      window.first += 1;
    }
    if (window.first > 1024 && window.first * 2 > entries.length) {
      entries.splice(0, window.first);
      window.first = 0;
    }
  }

  /**
   * What will have left the window by a later instant if nothing else happens; nothing of it is let go.
   * @param afterMs what entered then or before will have left
   * @param atMs when it is to have the age that is asked for
   */
  leaving(position: number, afterMs: number, atMs: number): { receivedRao: bigint; remainingRao: number; ages: bigint } {
    const { entries, first } = this.#of(position);
    let receivedRao = 0n;
    let remainingRao = 0;
    let ages = 0n;
    for (let i = first; i < entries.length && entries[i].entryMs <= afterMs; i++) {
      const entry = entries[i];
      const ageMs = atMs - entry.entryMs;
      receivedRao += BigInt(entry.receivedRao);
      remainingRao += entry.remainingRao;
      ages += BigInt(entry.remainingRao) * BigInt(this.#days === null ? ageMs : floor(ageMs / DAY_MS));
    }
    return { receivedRao, remainingRao, ages };
  }

  /** Received by what is in the window, rao. */
  received(position: number): bigint {
    return this.#of(position).receivedRao;
  }

  /** What remains of it, rao. */
  remaining(position: number): number {
    return this.#of(position).remainingRao;
  }

  /** Sum of what remains times its age at an instant: rao * ms, or rao * whole days where those are kept. */
  ages(position: number, nowMs: number): bigint {
    if (this.#days !== null) return this.#days.sum(position, nowMs);
    const { remainingRao, weightedMs } = this.#of(position);
    return BigInt(remainingRao) * BigInt(nowMs) - weightedMs;
  }

  /** What is held in the window of an entry time changes by an amount of either sign. */
  #hold(position: number, window: Window, entryMs: number, amountRao: number): void {
    if (amountRao === 0) return;
    window.remainingRao += amountRao;
    if (this.#days === null) window.weightedMs += BigInt(amountRao) * BigInt(entryMs);
    else this.#days.change(position, entryMs, amountRao);
  }

  /** Takes from what a tranche received and holds; false when it has left the window. */
  #reduce(position: number, entryMs: number, tranche: number, receivedRao: number, remainingRao: number): boolean {
    const window = this.#of(position);
    const at = find(window, entryMs, tranche);
    if (at === -1) return false;
    const entry = window.entries[at];
    window.receivedRao -= BigInt(receivedRao);
    entry.receivedRao -= receivedRao;
    entry.remainingRao -= remainingRao;
    this.#hold(position, window, entryMs, -remainingRao);
    if (entry.receivedRao === 0) window.entries.splice(at, 1);
    return true;
  }

  #of(position: number): Window {
    let window = this.#windows[position];
    if (window === undefined) {
      window = new Window();
      this.#windows[position] = window;
    }
    return window;
  }
}

/** The place of a tranche; -1 when it is not in the window. */
function find(window: Window, entryMs: number, tranche: number): number {
  const at = lowerBound(window, entryMs, tranche);
  return window.entries[at]?.tranche === tranche ? at : -1;
}

function lowerBound({ entries, first }: Window, entryMs: number, tranche: number): number {
  let low = first;
  let high = entries.length;
  while (low < high) {
    const middle = floor((low + high) / 2);
    const at = entries[middle];
    if (at.entryMs < entryMs || (at.entryMs === entryMs && at.tranche < tranche)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byEntry(a: Entry, b: Entry): number {
  return a.entryMs - b.entryMs || a.tranche - b.tranche;
}
