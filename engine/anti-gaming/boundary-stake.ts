import { min } from "../kernel/math.js";

interface Entry {
  readonly timeMs: number;
  amountRao: number;
}

/** Told of stake that was in only over a boundary. */
export type BoundaryListener = (account: number, amountRao: number, fromMs: number, toMs: number) => void;

/**
 * Finds stake that enters shortly before an epoch's end T, in (T - window, T], and leaves shortly after it, in
 * (T, T + window]. Stake that left before the boundary again was not there for it and is forgotten, newest first.
 */
export class BoundaryStake {
  /** Stake added since the last boundary, by account, oldest first. */
  private readonly entries: Entry[][];
  /** Stake that was new at the last boundary, what is left of it, and when it came. */
  private readonly newRao: Float64Array;
  private readonly newFromMs: Float64Array;
  private boundaryMs = Number.NEGATIVE_INFINITY;

  constructor(
    accounts: number,
    private readonly windowMs: number,
    private readonly found: BoundaryListener,
  ) {
    this.entries = Array.from({ length: accounts }, () => []);
    this.newRao = new Float64Array(accounts);
    this.newFromMs = new Float64Array(accounts);
  }

  stakeAdded(account: number, timeMs: number, amountRao: number): void {
    if (amountRao > 0) this.entries[account].push({ timeMs, amountRao });
  }

  stakeRemoved(account: number, timeMs: number, amountRao: number): void {
    let left = amountRao;
    if (this.newRao[account] > 0 && timeMs <= this.boundaryMs + this.windowMs) {
      const matchedRao = min(this.newRao[account], left);
      this.newRao[account] -= matchedRao;
      left -= matchedRao;
      if (matchedRao > 0) this.found(account, matchedRao, this.newFromMs[account], timeMs);
    }
    const entries = this.entries[account];
    while (left > 0 && entries.length > 0) {
      const newest = entries[entries.length - 1];
      const takenRao = min(newest.amountRao, left);
      newest.amountRao -= takenRao;
      left -= takenRao;
      if (newest.amountRao === 0) entries.pop();
    }
  }

  /** An epoch ends. */
  boundary(timeMs: number): void {
    this.boundaryMs = timeMs;
    for (let account = 0; account < this.entries.length; account++) {
      let sumRao = 0;
      let fromMs = timeMs;
      for (const entry of this.entries[account]) {
        if (entry.timeMs <= timeMs - this.windowMs) continue;
        sumRao += entry.amountRao;
        if (entry.timeMs < fromMs) fromMs = entry.timeMs;
      }
      this.newRao[account] = sumRao;
      this.newFromMs[account] = fromMs;
      if (this.entries[account].length > 0) this.entries[account] = [];
    }
  }
}
