import { minerStrategyLabel } from "../../agents/miners/index.js";
import { ASSET } from "../../books/accounts.js";
import type { World } from "../../books/world.js";
import { RAO_PER_TOKEN } from "../../kernel/money.js";
import { profitTao, stakeOf } from "../closed-loop/closed-loop-records.js";
import { paidBy } from "../closed-loop/miner.js";
import type { HandedMiner } from "./handed-miner.js";
import type { HandedOverSubnet } from "./handed-over-subnet.js";
import type { HandedOverFigures, RecordedFigures } from "./handed-over-summary.js";

const { TAO } = ASSET;

export function figuresOf(world: World, subnet: HandedOverSubnet, miner: HandedMiner): HandedOverFigures {
  const { handed, totals, keys, coldkey, account } = miner;
  const { positions, addresses } = world;
  const stakeEndRao = stakeOf(world, miner);
  const { paidRao } = miner.paidIn(world);
  const gainedRao = stakeEndRao - BigInt(miner.stakeStartRao);
  return {
    name: miner.name,
    netuid: handed.netuid,
    hotkeys: keys.map(({ position }) => positions.hotkeyOf(position)),
    coldkey: addresses.nameOf(coldkey),
    strategy: minerStrategyLabel(handed.strategy),
    fromMs: handed.fromMs,
    startPriceTao: startPriceOf(subnet, miner),
    endPriceTao: subnet.alpha.market.priceTao,
    stakeStartRao: String(miner.stakeStartRao),
    stakeEndRao: String(stakeEndRao),
    taoStartRao: String(miner.taoStartRao),
    taoEndRao: String(world.accounts.balanceRao(TAO, account)),
    paidRao: String(paidRao),
    soldRao: totals.soldRao.toString(),
    proceedsRao: totals.proceedsRao.toString(),
    boughtRao: totals.boughtRao.toString(),
    spentRao: totals.spentRao.toString(),
    receivedRao: String(gainedRao - paidRao - totals.boughtRao.toBigInt() + totals.soldRao.toBigInt()),
    orders: totals.orders,
    ordersDone: totals.ordersDone,
    ...paidBy([totals]),
    profitTao: profitOf(world, subnet, miner),
    asRecorded: recordedFigures(world, subnet, miner),
  };
}

/** What a miner has gained since the positions were handed over, TAO. */
export function profitOf(world: World, subnet: HandedOverSubnet, miner: HandedMiner): number {
  return profitTao(world, miner, startPriceOf(subnet, miner), subnet.alpha.market.priceTao);
}

function recordedFigures(world: World, subnet: HandedOverSubnet, miner: HandedMiner): RecordedFigures {
  const { course, recordedStartRao } = miner;
  const { acts, cameRao, spentRao, leftRao, proceedsRao, unpricedRao, arrivedElsewhereRao } = course;
  const stakeEndRao = miner.recordedStakeRao(world);
  const stakeRao = Number(stakeEndRao) * subnet.alpha.market.priceTao - Number(recordedStartRao) * startPriceOf(subnet, miner);
  return {
    stakeStartRao: String(recordedStartRao),
    stakeEndRao: String(stakeEndRao),
    paidRao: String(miner.paidIn(world).recordedRao),
    acts,
    cameRao: cameRao.toString(),
    spentRao: spentRao.toString(),
    leftRao: leftRao.toString(),
    proceedsRao: proceedsRao.toString(),
    unpricedRao: unpricedRao.toString(),
    arrivedElsewhereRao: arrivedElsewhereRao.toString(),
    profitTao: (Number(proceedsRao.toBigInt() - spentRao.toBigInt()) + stakeRao) / RAO_PER_TOKEN,
  };
}

function startPriceOf({ firstPriceTao }: HandedOverSubnet, { startPriceTao }: HandedMiner): number {
  return startPriceTao > 0 ? startPriceTao : firstPriceTao;
}
