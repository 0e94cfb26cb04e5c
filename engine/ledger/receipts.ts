import { floor } from "../kernel/math.js";

interface Receipt {
  readonly entryMs: number;
  readonly tranche: number;
  receivedRao: number;
}

class Window {
  readonly receipts: Receipt[] = [];
  /** Receipts before it have left the window. */
  first = 0;
  /** Sum of `receivedRao` from `first` on; bigint because churn can pass 2^53. */
  sumRao = 0n;
}

/**
 * What each position's tranches of the retention basis received when, for metrics over a moving window
 * (mechanisms 4, retention_scope: window). Emptied tranches stay until they leave the window. Amortised O(1) a reading.
 */
export class Receipts {
  readonly #windows: Window[] = [];

  add(position: number, entryMs: number, tranche: number, receivedRao: number): void {
    const window = this.#of(position);
    window.receipts.push({ entryMs, tranche, receivedRao });
    window.sumRao += BigInt(receivedRao);
  }

  /** Received by tranches that entered after `afterMs`, which never goes back. */
  receivedAfter(position: number, afterMs: number): bigint {
    const window = this.#of(position);
    const { receipts } = window;
    while (window.first < receipts.length && receipts[window.first].entryMs <= afterMs) {
      window.sumRao -= BigInt(receipts[window.first].receivedRao);
      window.first += 1;
    }
    if (window.first > 1024 && window.first * 2 > receipts.length) {
      receipts.splice(0, window.first);
      window.first = 0;
    }
    return window.sumRao;
  }

  moveAll(from: number, to: number): void {
    const origin = this.#of(from);
    const target = this.#of(to);
    const carried = origin.receipts.slice(origin.first);
    if (carried.length > 0) {
      const kept = target.receipts.slice(target.first);
      target.receipts.length = 0;
      target.receipts.push(...merge(kept, carried));
      target.first = 0;
      target.sumRao += origin.sumRao;
    }
    this.#windows[from] = new Window();
  }

  forget(position: number): void {
    this.#windows[position] = new Window();
  }

  /** Takes `movedRao` of what a tranche received over to a tranche of another position with the same entry time. */
  split(from: number, to: number, entryMs: number, tranche: number, movedTranche: number, movedRao: number): void {
    // A receipt that left the window at its origin has left it at the target, too.
    if (!this.reduce(from, entryMs, tranche, movedRao)) return;
    const target = this.#of(to);
    const into = lowerBound(target.receipts, target.first, entryMs, movedTranche);
    target.receipts.splice(into, 0, { entryMs, tranche: movedTranche, receivedRao: movedRao });
    target.sumRao += BigInt(movedRao);
  }

  /** Lets a tranche forget that it received `lessRao`; false when its receipt has left the window. */
  reduce(position: number, entryMs: number, tranche: number, lessRao: number): boolean {
    const window = this.#of(position);
    const at = lowerBound(window.receipts, window.first, entryMs, tranche);
    const receipt = window.receipts[at];
    if (receipt === undefined || receipt.tranche !== tranche) return false;
    window.sumRao -= BigInt(lessRao);
    if (receipt.receivedRao === lessRao) window.receipts.splice(at, 1);
    else receipt.receivedRao -= lessRao;
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

function lowerBound(receipts: readonly Receipt[], first: number, entryMs: number, tranche: number): number {
  let low = first;
  let high = receipts.length;
  while (low < high) {
    const middle = floor((low + high) / 2);
    const at = receipts[middle];
    if (at.entryMs < entryMs || (at.entryMs === entryMs && at.tranche < tranche)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merge(a: readonly Receipt[], b: readonly Receipt[]): Receipt[] {
  return [...a, ...b].sort((x, y) => x.entryMs - y.entryMs || x.tranche - y.tranche);
}
