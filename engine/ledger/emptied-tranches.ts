import { ExactSum, MAX_RAO } from "../kernel/money.js";

/**
 * What the emptied tranches of each position had received, whose rows are written. When a position is re-keyed whole they go
 * along (docs/explanation/tranches.md), and rows that are written cannot: so the sum goes along instead.
 */
export class EmptiedTranches {
  /** By position * 2 + source. */
  readonly #receivedRao = new Map<number, ExactSum>();

  add(position: number, source: number, receivedRao: number): void {
    const list = position * 2 + source;
    let sum = this.#receivedRao.get(list);
    if (sum === undefined) {
      sum = new ExactSum();
      this.#receivedRao.set(list, sum);
    }
    sum.add(receivedRao);
  }

  /** Hands what one position's had received over to another's. @returns the sum, in parts of at most 2^53 - 1 rao */
  handOver(from: number, to: number, source: number): number[] {
    const list = from * 2 + source;
    let rest = this.#receivedRao.get(list)?.toBigInt() ?? 0n;
    this.#receivedRao.delete(list);
    const parts: number[] = [];
    while (rest > 0n) {
      const part = rest > BigInt(MAX_RAO) ? MAX_RAO : Number(rest);
      parts.push(part);
      rest -= BigInt(part);
      this.add(to, source, part);
    }
    return parts;
  }
}
