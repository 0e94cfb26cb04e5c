import type { MultiplierRuleChoice } from "../rules/multipliers/index.js";
import { Deciding, type Evidence, type Undecided } from "./deciding.js";
import { LoneSharers } from "./lone-sharers.js";
import { PayGini } from "./pay-gini.js";
import { PayHolding } from "./pay-holding.js";
import { PotMoved } from "./pot-moved.js";
import { UnpaidEpochs } from "./unpaid-epochs.js";

/** How the pot of an epoch is shared before and under a rule; arrays by sharer. */
export interface SharedPot {
  readonly netuid: number;
  readonly endMs: number;
  readonly potRao: number;
  readonly count: number;
  /** How many of them are miners that were paid; `outside` and what goes elsewhere come after them. */
  readonly miners: number;
  /** Weights before the rule, 0 or more, and their sum. */
  readonly base: Float64Array;
  readonly baseSum: number;
  /** Shares under it, which sum to 1 or, where not allocated, are all 0. Under replay and in shadow mode what would have been. */
  readonly ruled: Float64Array;
  readonly allocated: boolean;
  /** What stages that keep by statement, such as `burn`, leave of the pot for these shares, 0..1. */
  readonly kept: number;
  /** How much of the pot the rule moves (`movedShare`), 0..1. */
  readonly moved: number;
  /** Number of each on its subnet, from 0; below 0: no miner of the streams (`outside`). */
  readonly member: Int32Array;
  /** What the rule answers for each miner, applied or not. */
  readonly shown: Float64Array;
  /** How many numbers the subnet has given out. */
  readonly members: number;
  readonly evidence: Evidence;
}

export interface SubnetMetrics {
  readonly netuid: number;
  /** Epochs with a pot. */
  readonly epochs: number;
  /** Who ever had a part in one. */
  readonly miners: number;
  /** 0..1. */
  readonly potMoved: number;
  /** Gini coefficients of what the miners were paid in all, 0..1. */
  readonly giniBefore: number;
  readonly giniAfter: number;
}

/** Figures of a run, accumulated as its epochs close, whatever tables are recorded. */
export interface RunMetricsSummary {
  /** Epochs with a pot, of all subnets. */
  readonly epochs: number;
  /** Share of the pots that the rule moves, 0..1 (docs/explanation/redistribution.md). */
  readonly potMoved: number;
  /** Epochs whose pot the rule gives to nobody. */
  readonly unpaidEpochs: number;
  /** Means weighted by what the rule pays: of the held share, 0..1, and of the multiplier. */
  readonly heldPayShare: number;
  readonly multiplierPaid: number;
  readonly subnets: readonly SubnetMetrics[];
  readonly undecided: readonly Undecided[];
}

/** Named figures of a run. A run under replay or in shadow mode has those of what would have been paid. */
export class RunMetrics {
  readonly unpaid = new UnpaidEpochs();
  readonly lone = new LoneSharers();
  #epochs = 0;
  readonly #potMoved = new PotMoved();
  readonly #holding = new PayHolding();
  readonly #deciding = new Deciding();
  readonly #subnets = new Map<number, { epochs: number; readonly potMoved: PotMoved; readonly gini: PayGini }>();

  /** Epochs with a pot. */
  get epochs(): number {
    return this.#epochs;
  }

  /**
   * @param heldShare that was measured, by number on the subnet
   * @param isShared is the pot shared by weights?
   */
  take(pot: SharedPot, heldShare: Float64Array, isShared: boolean): void {
    const { netuid, potRao, count, base, baseSum, ruled, allocated, moved } = pot;
    if (potRao === 0) return;
    let subnet = this.#subnets.get(netuid);
    if (subnet === undefined) {
      subnet = { epochs: 0, potMoved: new PotMoved(), gini: new PayGini() };
      this.#subnets.set(netuid, subnet);
    }
    this.#epochs += 1;
    subnet.epochs += 1;
    this.#potMoved.take(potRao, moved);
    this.#holding.take(potRao, ruled, pot.shown, pot.member, pot.miners, heldShare);
    subnet.potMoved.take(potRao, moved);
    subnet.gini.take(pot.members, pot.member, base, baseSum > 0 ? potRao / baseSum : 0, ruled, potRao, count);
    this.#deciding.take(pot.evidence);
    this.lone.take(potRao, pot.miners);
    if (!allocated) this.unpaid.take(pot.endMs, isShared);
  }

  /**
   * @param rules that were measured by; null: vesting is off
   * @returns null where no epoch had a pot
   */
  summary(rules: readonly MultiplierRuleChoice[] | null): RunMetricsSummary | null {
    if (this.#epochs === 0) return null;
    return {
      epochs: this.#epochs,
      potMoved: this.#potMoved.share,
      unpaidEpochs: this.unpaid.count,
      heldPayShare: this.#holding.heldShare,
      multiplierPaid: this.#holding.multiplier,
      subnets: [...this.#subnets]
        .sort(([a], [b]) => a - b)
        .map(([netuid, { epochs, potMoved, gini }]) => ({
          netuid,
          epochs,
          miners: gini.miners(),
          potMoved: potMoved.share,
          giniBefore: gini.before(),
          giniAfter: gini.after(),
        })),
      undecided: this.#deciding.undecided(rules),
    };
  }
}
