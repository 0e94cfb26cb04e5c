/**
 * How much of what miners are paid goes to those who hold: the mean held share and the mean multiplier of a run, weighted by pay under the
 * rule (docs/explanation/redistribution.md). Figures of who is paid, not of what anybody does.
 */
export class PayHolding {
  #payRao = 0;
  #heldRao = 0;
  #multipliedRao = 0;

  /**
   * Takes how a pot is shared.
   * @param shares of the pot under the rule, by place; those after `miners` are of nobody who holds
   * @param multiplier that the rule answers, by place
   * @param member number of each on its subnet; below 0: no miner of the streams
   * @param heldShare by number on the subnet, 0..1
   */
  take(potRao: number, shares: Float64Array, multiplier: Float64Array, member: Int32Array, miners: number, heldShare: Float64Array): void {
    let paid = 0;
    let held = 0;
    let multiplied = 0;
    for (let k = 0; k < miners; k++) {
      const i = member[k];
      if (i < 0) continue;
      const share = shares[k];
      paid += share;
      held += share * heldShare[i];
      multiplied += share * multiplier[k];
    }
    this.#payRao += potRao * paid;
    this.#heldRao += potRao * held;
    this.#multipliedRao += potRao * multiplied;
  }

  /** sum(pay * held share) / sum(pay), 0..1; 0 where nobody was paid. */
  get heldShare(): number {
    return this.#payRao > 0 ? this.#heldRao / this.#payRao : 0;
  }

  /** sum(pay * multiplier) / sum(pay); 1 where nobody was paid. */
  get multiplier(): number {
    return this.#payRao > 0 ? this.#multipliedRao / this.#payRao : 1;
  }
}
