import { ExactSum } from "../kernel/money.js";

/** What the rows of a run ask to be taken of positions, and how far that is not there. */
export class Withdrawals {
  /** Rows that take stake: withdrawals, burns, slashes, and moves, swaps and transfers, also neutral ones. */
  count = 0;
  /** What they ask for, rao. */
  readonly askedRao = new ExactSum();
  /** What of it is not taken since it is not held, rao; beyond rounding. */
  readonly shortRao = new ExactSum();

  /** @param amountRao what a row asks for; a row of nothing is no withdrawal */
  ask(amountRao: number): void {
    if (amountRao === 0) return;
    this.count += 1;
    this.askedRao.add(amountRao);
  }
}
