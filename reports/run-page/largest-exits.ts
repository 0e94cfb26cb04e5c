import type { ExitListener } from "./withdrawals-by-reason.js";

/** A withdrawal: [ms since 1970 UTC, rao, reason, tranches it took from]. */
export type MinerExit = readonly [timeMs: number, amountRao: number, reason: string, tranches: number];

/** Withdrawals of a miner that its page lists. */
const LARGEST = 10;

/** Keeps the largest withdrawals of each position. The rows of one stand together in `exits`. */
export class LargestExits implements ExitListener {
  readonly #largest = new Map<number, MinerExit[]>();
  readonly #wanted: Uint8Array;
  #open: { position: number; timeMs: number; amountRao: number; reason: string; tranches: number } | null = null;

  /** @param wanted 1 by position of which they are wanted */
  constructor(wanted: Uint8Array) {
    this.#wanted = wanted;
  }

  exit(position: number, timeMs: number, amountRao: number, reason: string): void {
    const open = this.#open;
    if (open !== null && open.position === position && open.timeMs === timeMs && open.reason === reason) {
      open.amountRao += amountRao;
      open.tranches += 1;
      return;
    }
    this.#close();
    this.#open = { position, timeMs, amountRao, reason, tranches: 1 };
  }

  /** Largest first; of equal ones the earlier. */
  of(position: number): readonly MinerExit[] {
    this.#close();
    return this.#largest.get(position) ?? [];
  }

  #close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null || this.#wanted[open.position] !== 1) return;
    let all = this.#largest.get(open.position);
    if (all === undefined) {
      all = [];
      this.#largest.set(open.position, all);
    }
    if (all.length === LARGEST && all[LARGEST - 1][1] >= open.amountRao) return;
    const after = all.findIndex(([, amount]) => amount < open.amountRao);
    all.splice(after < 0 ? all.length : after, 0, [open.timeMs, open.amountRao, open.reason, open.tranches]);
    if (all.length > LARGEST) all.pop();
  }
}
