import type { World } from "../../books/world.js";
import { floor, max, min, trunc } from "../../kernel/math.js";
import { DAY_MS } from "../../kernel/time.js";
import { TRANCHE } from "../../ledger/tranche-store.js";
import { planWithdrawal } from "../../ledger/withdrawal-plan.js";
import { bindMultiplierRule, multiplierCeiling } from "../../rules/multipliers/index.js";
import { boundFactor, ceilingInList } from "../../rules/stages/bound-factor.js";
import { factsOf } from "../../rules/stages/one-miner.js";
import type { BoundFactorStage } from "../../rules/stages/stage.js";
import { HoldingMetrics } from "../../vesting/holding-metrics.js";

const { CELL_STRIDE, ENTRY_MS } = TRANCHE;

/**
 * What the rule of a run would make of a position if part of its stake were sold first: what miners reckon with before they sell. It
 * changes nothing. Of a list of stages it is the product of the factors, as far as one miner alone decides them.
 */
export class SaleOutlook {
  /** The largest multiplier there can be. */
  readonly topMultiplier: number;
  private readonly metrics: HoldingMetrics;
  private readonly multiplierOf: (stakeRao: number, received: boolean, heldShare: number, heldDays: number, price: number) => number;

  constructor(private readonly world: World) {
    const { vesting, stages } = world.configuration;
    const { book } = world;
    this.metrics = new HoldingMetrics(book.simulated, {
      basisAllStake: vesting.retentionBasis === "all_stake",
      basisAfterMs: vesting.startMs ?? -1,
      scope: vesting.retentionScope,
      windowDays: vesting.retentionWindowDays,
      rounding: vesting.rounding,
    });
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
      const factors = stages.stages.flatMap((stage) => boundFactor(stage) ?? []);
      this.topMultiplier = factors.reduce((product, stage) => product * ceilingInList(stage, false), 1);
      this.multiplierOf = (stakeRao, received, heldShare, heldDays, price) =>
        productOf(factors, stakeRao, received ? heldShare : Number.NaN, heldDays, price);
    }
  }

  /**
   * The multiplier of a position after a sale, if the rule looked some time ahead and nothing else happened until then.
   * @param amountRao at most what it holds
   * @param aheadMs 0 or more; what leaves the window of `retention_scope: window` in between counts as if it stayed
   */
  afterSale(position: number, amountRao: number, nowMs: number, priceTaoPerAlpha: number, aheadMs = 0): number {
    const { world, metrics } = this;
    const { book, configuration } = world;
    const { ledger, vesting } = configuration;
    const isWhole = vesting.rounding === "whole_days";
    const stakeRao = book.totalOf(position);
    metrics.read(position, nowMs);
    const { receivedRao, remainingRao } = metrics;
    let left = remainingRao;
    // Sum of remaining * age: of whole days, or of ms.
    let ages = isWhole ? Number(metrics.agesOf(position, nowMs)) : metrics.heldDays * DAY_MS * remainingRao;
    if (amountRao >= stakeRao) {
      left = 0;
      ages = 0;
    } else if (amountRao > 0) {
      const { store } = book.simulated;
      const after = max(
        vesting.startMs ?? -1,
        vesting.retentionScope === "window" ? nowMs - vesting.retentionWindowDays * DAY_MS : Number.NEGATIVE_INFINITY,
      );
      const plan = planWithdrawal(store, position, amountRao, ledger.withdrawalOrder, ledger.equalTimes);
      for (let i = 0; i < plan.count; i++) {
        const isEarned = plan.list[i] % 2 === 1;
        const entryMs = store.cells[plan.slot[i] * CELL_STRIDE + ENTRY_MS];
        if (!(isEarned || vesting.retentionBasis === "all_stake") || entryMs <= after) continue;
        left -= plan.take[i];
        ages -= plan.take[i] * (isWhole ? floor((nowMs - entryMs) / DAY_MS) : nowMs - entryMs);
      }
    }
    const heldShare = left > 0 ? left / receivedRao : 0;
    const age = left > 0 ? max(0, ages / left) : 0;
    const heldDays = isWhole ? min(trunc(age) + floor(aheadMs / DAY_MS), vesting.retentionWindowDays) : (age + aheadMs) / DAY_MS;
    const days = left > 0 ? heldDays : 0;
    return this.multiplierOf(stakeRao - min(amountRao, stakeRao), receivedRao > 0, heldShare, days, priceTaoPerAlpha);
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
