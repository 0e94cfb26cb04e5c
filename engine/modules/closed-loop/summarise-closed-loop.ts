import { minerStrategyLabel } from "../../agents/miners/index.js";
import { ASSET } from "../../books/accounts.js";
import type { World } from "../../books/world.js";
import { DAY_MS } from "../../kernel/time.js";
import { gini } from "../../metrics/fairness/gini.js";
import type { ClosedLoop } from "./closed-loop.js";
import { stakeOf } from "./closed-loop-records.js";
import type { LoopFigures, RatingFigures, StrategyFigures } from "./closed-loop-summary.js";
import type { MinerGroup, RatingGroup } from "./configuration.js";
import { type Miner, paidBy } from "./miner.js";
import type { RatedWeights, RatingTotals } from "./rated-weights.js";
import type { Validator } from "./validator.js";

const { TAO } = ASSET;

export function summariseClosedLoop(world: World, loop: ClosedLoop): LoopFigures {
  const { subnet, alpha, miners, configuration, decisions, prices } = loop;
  const { pool } = alpha;
  const paid = miners.map(({ totals }) => Number(totals.paidRao.toBigInt()));
  const strategies = configuration.miners.map((group) => figuresOf(world, loop, group));
  const total = (key: "paidRao" | "soldRao" | "boughtRao" | "stakeEndRao") => strategies.reduce((sum, one) => sum + Number(one[key]), 0);
  const brought = miners.reduce((sum, { hasBegun, stakeStartRao }) => sum + (hasBegun ? stakeStartRao : 0), 0);
  const ever = brought + total("paidRao") + total("boughtRao");
  return {
    netuid: subnet.configuration.netuid,
    alternative: configuration.alternative,
    epochs: subnet.epoch,
    decisions: decisions.count,
    price: { startTao: prices.first, endTao: alpha.market.priceTao, lowestTao: prices.lowest, highestTao: prices.highest },
    pool:
      pool === null
        ? null
        : {
            taoRao: String(pool.taoReserveRao),
            alphaRao: String(pool.tokenReserveRao),
            taoInRao: String(alpha.taoInRao),
            alphaInRao: String(alpha.alphaInRao),
          },
    sellPressure: ratio(total("soldRao"), total("paidRao")),
    heldEnd: ratio(total("stakeEndRao"), ever),
    churnPerDay: ratio(strategies.reduce((sum, one) => sum + one.seatsLost, 0) * DAY_MS, loop.source.seatMs),
    moved: loop.source.moved.flows(),
    gini: gini(Float64Array.from(paid).sort()),
    strategies,
    validators: loop.rated === null ? [] : configuration.validators.map((group) => ratingFiguresOf(loop.rated as RatedWeights, group)),
  };
}

function ratingFiguresOf({ validators, totals, hasDividends, epochs }: RatedWeights, group: RatingGroup): RatingFigures {
  const stakeOfAll = (some: readonly Validator[]) => some.reduce((sum, { stakeRao }) => sum + BigInt(stakeRao), 0n);
  const members = validators.filter((validator) => validator.group === group);
  const own = totals.filter((_, validator) => validators[validator].group === group);
  const sum = (of: (one: RatingTotals) => number) => own.reduce((all, one) => all + of(one), 0);
  const stakeRao = stakeOfAll(members);
  const ratings = sum((one) => one.ratings);
  return {
    group: group.name,
    behaviour: group.behaviour.kind,
    validators: members.length,
    stakeRao: String(stakeRao),
    stakeShare: ratio(Number(stakeRao), Number(stakeOfAll(validators))),
    ratings,
    deviation: ratio(
      sum(({ deviation }) => deviation),
      ratings,
    ),
    clippedShare: ratio(
      sum(({ clippedShare }) => clippedShare),
      ratings,
    ),
    dividendShare: hasDividends
      ? ratio(
          sum(({ dividends }) => dividends),
          epochs.all,
        )
      : null,
  };
}

function figuresOf(world: World, loop: ClosedLoop, group: MinerGroup): StrategyFigures {
  const members = loop.miners.filter((miner) => miner.group === group);
  const sum = (of: (miner: Miner) => bigint) => members.reduce((all, miner) => all + of(miner), 0n);
  const add = (of: (miner: Miner) => number) => members.reduce((all, miner) => all + of(miner), 0);
  const paidRao = sum(({ totals }) => totals.paidRao.toBigInt());
  const soldRao = sum(({ totals }) => totals.soldRao.toBigInt());
  return {
    group: group.name,
    strategy: minerStrategyLabel(group.strategy),
    miners: members.length,
    begun: members.filter(({ hasBegun }) => hasBegun).length,
    entitledRao: String(sum(({ totals }) => totals.entitledRao.toBigInt())),
    paidRao: String(paidRao),
    soldRao: String(soldRao),
    boughtRao: String(sum(({ totals }) => totals.boughtRao.toBigInt())),
    proceedsRao: String(sum(({ totals }) => totals.proceedsRao.toBigInt())),
    spentRao: String(sum(({ totals }) => totals.spentRao.toBigInt())),
    registrationsRao: String(sum(({ totals }) => totals.registrationsRao.toBigInt())),
    seatsRao: String(sum(({ totals }) => totals.seatsRao.toBigInt())),
    stakeEndRao: String(sum((miner) => stakeOf(world, miner))),
    taoEndRao: String(sum(({ account }) => BigInt(world.accounts.balanceRao(TAO, account)))),
    seatsTaken: add(({ totals }) => totals.seatsTaken),
    seatsLost: add(({ totals }) => totals.seatsLost),
    orders: add(({ totals }) => totals.orders),
    ordersDone: add(({ totals }) => totals.ordersDone),
    ...paidBy(members.map(({ totals }) => totals)),
    sellPressure: ratio(Number(soldRao), Number(paidRao)),
    slippageTao: add(({ totals }) => totals.slippageTao),
    profitTao: add((miner) => loop.profitTao(miner)),
  };
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
