import { contradiction } from "./contradiction.js";
import type { FlowEvent } from "./flow-events.js";
import type { RunPosition } from "./run-positions.js";

/** Adds up what flows do to each position, to be compared with what the run says it came to. */
export class AccountCheck {
  readonly #heldRao: bigint[];
  readonly #paidRao: bigint[];

  constructor(private readonly positions: readonly RunPosition[]) {
    this.#heldRao = positions.map(() => 0n);
    this.#paidRao = positions.map(() => 0n);
  }

  take({ position, flow, amountRao }: FlowEvent): void {
    const rao = BigInt(amountRao);
    if (flow === "emission") this.#paidRao[position] += rao;
    this.#heldRao[position] += flow === "outflow" || flow === "moved_out" ? -rao : rao;
  }

  /** @throws TenureError `TEN-IMPORT-053` where the flows of a position do not make its stake or its pay */
  end(): void {
    for (const [position, { stakeRao, paidRao }] of this.positions.entries()) {
      const [held, paid] = [this.#heldRao[position], this.#paidRao[position]];
      if (held !== stakeRao) throw contradiction("flows", `position ${position} does not come to its stake`, held, `${stakeRao} rao`);
      if (paid !== paidRao) throw contradiction("flows", `position ${position} does not come to its pay`, paid, `${paidRao} rao`);
    }
  }
}
