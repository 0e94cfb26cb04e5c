import type { PageGround } from "./page-subnets.js";

/** What the miners of each subnet share in each epoch, rao. */
export class EpochPots {
  readonly #firsts: readonly number[];
  readonly #rao: readonly Float64Array[];

  constructor({ subnets, epochs }: PageGround) {
    const rows = subnets.map(({ netuid }) => epochs.of(netuid));
    this.#firsts = rows.map(([first]) => first.epoch);
    this.#rao = rows.map((all, at) => new Float64Array(all[all.length - 1].epoch - this.#firsts[at] + 1));
  }

  /** @param subnet index into the subnets of the page */
  add(subnet: number, epoch: number, amountRao: number): void {
    this.#rao[subnet][epoch - this.#firsts[subnet]] += amountRao;
  }

  at(subnet: number, epoch: number): number {
    return this.#rao[subnet][epoch - this.#firsts[subnet]] ?? 0;
  }
}
