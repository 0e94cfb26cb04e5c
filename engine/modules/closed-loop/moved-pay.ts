/** Who has what the rule moves beside the groups: what is burned, recycled, held back or given to nobody. */
const ELSEWHERE = "elsewhere";

/** What the rule took from one group and gave to another, alpha rao; not whole, since who loses does not lose to anybody in particular. */
export interface MovedFlow {
  /** A group, or `elsewhere`. */
  readonly from: string;
  readonly to: string;
  readonly rao: number;
}

/**
 * Whom the rule takes pay from, and to whom it gives it: against what base weights alone would have paid. In an epoch what a group loses
 * goes to those that gain in proportion to what they gain; what nobody gains has gone elsewhere.
 */
export class MovedPay {
  readonly #names: readonly string[];
  readonly #gained: Float64Array;
  readonly #lost: Float64Array;
  /** From the row to the column. */
  readonly #moved: Float64Array;

  constructor(groups: readonly string[]) {
    this.#names = [...groups, ELSEWHERE];
    const count = this.#names.length;
    this.#gained = new Float64Array(count);
    this.#lost = new Float64Array(count);
    this.#moved = new Float64Array(count * count);
  }

  /** @param group number of the miner's */
  take(group: number, entitledRao: number, paidRao: number): void {
    if (paidRao > entitledRao) this.#gained[group] += paidRao - entitledRao;
    else this.#lost[group] += entitledRao - paidRao;
  }

  /** The epoch is over. */
  settle(): void {
    const gained = this.#gained;
    const lost = this.#lost;
    const count = this.#names.length;
    let gainedRao = 0;
    let lostRao = 0;
    for (let i = 0; i < count; i++) {
      gainedRao += gained[i];
      lostRao += lost[i];
    }
    if (lostRao > gainedRao) gained[count - 1] = lostRao - gainedRao;
    else lost[count - 1] = gainedRao - lostRao;
    const allRao = lostRao > gainedRao ? lostRao : gainedRao;
    for (let from = 0; from < count; from++) {
      if (lost[from] === 0) continue;
      const part = lost[from] / allRao;
      for (let to = 0; to < count; to++) this.#moved[from * count + to] += part * gained[to];
    }
    gained.fill(0);
    lost.fill(0);
  }

  /** All that moved, largest first. */
  flows(): MovedFlow[] {
    const names = this.#names;
    const flows = names.flatMap((from, i) => names.map((to, j) => ({ from, to, rao: this.#moved[i * names.length + j] })));
    return flows.filter(({ rao }) => rao > 0).sort((a, b) => b.rao - a.rao);
  }
}
