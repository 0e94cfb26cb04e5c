import type { World } from "../../books/world.js";
import { max, min, trunc } from "../../kernel/math.js";
import { DAY_MS } from "../../kernel/time.js";
import { bindMultiplierRule, multiplierCeiling } from "../../rules/multipliers/index.js";
import { boundFactor, ceilingInList, goesBeyond } from "../../rules/stages/bound-factor.js";
import { factsOf } from "../../rules/stages/one-miner.js";
import type { BoundFactorStage } from "../../rules/stages/stage.js";
import { SaleStanding } from "./sale-standing.js";

/**
 * What the rule of a run would make of a position if part of its stake were sold first: what miners reckon with before they sell. It
 * changes nothing. Of a list of stages it is the product of the factors, as far as one miner alone decides them.
 */
export class SaleOutlook {
  /** The largest multiplier there can be. */
  readonly topMultiplier: number;
  private readonly standing: SaleStanding;
  private readonly multiplierOf: (stakeRao: number, received: boolean, heldShare: number, heldDays: number, price: number) => number;

  constructor(private readonly world: World) {
    const { vesting, stages } = world.configuration;
    this.standing = new SaleStanding(world);
    if (vesting.mode === "off") {
      this.topMultiplier = 1;
      this.multiplierOf = () => 1;
    } else if (stages === null) {
      const rule = bindMultiplierRule(vesting.rule, vesting);
      this.topMultiplier = multiplierCeiling(vesting.rule, vesting);
      const below = vesting.belowMinimum === "zero" ? 0 : 1;
      this.multiplierOf = (stakeRao, received, heldShare, heldDays, price) => {
        const worth = vesting.minimumStakeUnit === "alpha" ? stakeRao : stakeRao * price;
        if (worth < vesting.minimumStakeRao) return below;
        return received ? rule(heldShare, heldDays) : 1;
      };
    } else {
      const factors = stages.stages.flatMap((stage) => (goesBeyond(stage) === null ? (boundFactor(stage) ?? []) : []));
      this.topMultiplier = factors.reduce((product, stage) => product * ceilingInList(stage, false), 1);
      this.multiplierOf = (stakeRao, received, heldShare, heldDays, price) =>
        productOf(factors, stakeRao, received ? heldShare : Number.NaN, heldDays, price);
    }
  }

  /** What is asked from here on is asked of a world in which something may have happened. */
  expire(): void {
    this.standing.position = -1;
  }

  /**
   * The multiplier of a position after a sale, if the rule looked some time ahead and nothing else happened until then. Until `expire`
   * positions are taken to stay as they are.
   * @param beside other positions of its owner that are measured with it, and on how many seats all are (`coldkey_even`)
   * @param amountRao at most what it holds
   * @param aheadMs 0 or more
   */
  afterSale(
    position: number,
    beside: readonly number[],
    seats: number,
    amountRao: number,
    nowMs: number,
    priceTaoPerAlpha: number,
    aheadMs = 0,
  ): number {
    const { standing } = this;
    const { retentionWindowDays } = this.world.configuration.vesting;
    const isRead = standing.position === position && standing.nowMs === nowMs && standing.aheadMs === aheadMs;
    if (!isRead) standing.read(position, nowMs, beside, seats, aheadMs);
    standing.sell(amountRao);
    const { stakeRao, receivedRao, leftRao, ages, isWhole } = standing;
    const heldShare = leftRao > 0 ? leftRao / receivedRao : 0;
    const age = leftRao > 0 ? max(0, ages / leftRao) : 0;
    const heldDays = isWhole ? min(trunc(age), retentionWindowDays) : (age + aheadMs) / DAY_MS;
    const days = leftRao > 0 ? heldDays : 0;
    return this.multiplierOf(stakeRao, receivedRao > 0, heldShare, days, priceTaoPerAlpha);
  }
}

function productOf(
  factors: readonly BoundFactorStage[],
  stakeRao: number,
  heldShare: number,
  heldDays: number,
  priceTaoPerAlpha: number,
): number {
  const facts = factsOf({ stakeRao, heldShare, heldDays, exactly: null, priceTaoPerAlpha });
  let product = 1;
  let isWithheld = false;
  for (const stage of factors) {
    const factor = stage.factor(facts, 0, null);
    product *= stage.isBonus === true && isWithheld ? 1 : factor;
    isWithheld ||= stage.withholds?.(facts, 0) === true;
  }
  return product;
}
