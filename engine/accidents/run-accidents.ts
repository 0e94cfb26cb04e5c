import { PayGini, type SharedPot } from "../metrics/index.js";
import type { Accident } from "./accident.js";
import { CollateralUnit } from "./collateral-unit.js";
import { CollateralZero } from "./collateral-zero.js";
import { InNoPool } from "./in-no-pool.js";
import { NobodyInPool } from "./nobody-in-pool.js";
import { PayGaps } from "./pay-gaps.js";
import { spreadTold } from "./pay-spread.js";
import { PenaltyCancelled } from "./penalty-cancelled.js";
import { RewardOrder } from "./reward-order.js";
import { ScoresZero } from "./scores-zero.js";
import { WeightsZero } from "./weights-zero.js";

/** What is watched for on one subnet. */
class Watch {
  readonly weights = new WeightsZero();
  readonly scores = new ScoresZero();
  readonly collateral = new CollateralZero();
  readonly collateralUnit = new CollateralUnit();
  readonly pools = new InNoPool();
  readonly order = new RewardOrder();
  readonly penalty = new PenaltyCancelled();
  readonly gaps = new PayGaps();
  readonly spread = new PayGini();
}

/** Watches the epochs of a run for what happened to subnets in production, whatever tables are recorded. */
export class RunAccidents {
  /** For whom pools are and whom no subnet has. */
  readonly unmet = new NobodyInPool();
  readonly #subnets = new Map<number, Watch>();

  /**
   * Takes an epoch with a pot.
   * @param volumeOf what a miner traded in it, by number on the subnet; null: nothing is traded
   * @param isRuled whether factors make the shares under the rule of the base weights
   */
  take(pot: SharedPot, volumeOf: ((member: number) => number) | null, isRuled: boolean): void {
    const { weights, order, penalty, gaps, spread } = this.#watch(pot.netuid);
    weights.take(pot);
    order.take(pot, volumeOf);
    if (isRuled) penalty.take(pot);
    gaps.take(pot);
    const { potRao, base, baseSum, ruled, member, members, count } = pot;
    spread.take(members, member, base, baseSum > 0 ? potRao / baseSum : 0, ruled, potRao, count);
  }

  /**
   * What stages that ask for collateral are told of the miners; more may follow in the column.
   * @param askedRao the least above 0 that gates ask for; infinite: none does
   */
  takeCollateral(netuid: number, endMs: number, amountsRao: Float64Array, miners: number, askedRao: number): void {
    const { collateral, collateralUnit } = this.#watch(netuid);
    let highestRao = -1;
    for (let k = 0; k < miners; k++) if (amountsRao[k] > highestRao) highestRao = amountsRao[k];
    collateral.take(endMs, highestRao);
    collateralUnit.take(endMs, highestRao, askedRao);
  }

  /**
   * Takes an epoch with an emission of a subnet whose pay is made of scores.
   * @param highest score of who is ranked, 0 or more; 0: nobody is
   */
  takeScores(netuid: number, endMs: number, highest: number): void {
    this.#watch(netuid).scores.take(endMs, highest);
  }

  /** @param miners with a weight whom no pool of a list names */
  takeLeftOut(netuid: number, endMs: number, miners: number): void {
    this.#watch(netuid).pools.take(endMs, miners);
  }

  /** Epochs with a pot and no base weight above 0, of all subnets. */
  get epochsWithoutWeights(): number {
    let count = 0;
    for (const { weights } of this.#subnets.values()) count += weights.epochs.count;
    return count;
  }

  /** What was met, of all subnets, then subnet by subnet, causes before what follows of them. */
  told(): readonly Accident[] {
    const unmet = this.unmet.told();
    const ofSubnets = [...this.#subnets]
      .sort(([a], [b]) => a - b)
      .flatMap(([netuid, { weights, scores, collateral, collateralUnit, pools, order, penalty, gaps, spread }]) => {
        const who = `Subnet ${netuid}`;
        return [
          weights.told(who) ?? scores.told(who),
          collateral.told(who),
          collateralUnit.told(who),
          pools.told(who),
          order.told(who),
          penalty.told(who),
          gaps.told(who),
          spreadTold(spread, who),
        ].filter((one) => one !== null);
      });
    return unmet === null ? ofSubnets : [unmet, ...ofSubnets];
  }

  #watch(netuid: number): Watch {
    let watch = this.#subnets.get(netuid);
    if (watch === undefined) {
      watch = new Watch();
      this.#subnets.set(netuid, watch);
    }
    return watch;
  }
}
