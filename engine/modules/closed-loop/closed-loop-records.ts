import { minerStrategyLabel } from "../../agents/miners/index.js";
import type { MinerOrder } from "../../agents/miners/order-list.js";
import { ASSET } from "../../books/accounts.js";
import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import { RAO_PER_TOKEN } from "../../kernel/money.js";
import type { AlphaMarket } from "./alpha-market.js";
import { type Miner, paidBy } from "./miner.js";
import type { OrderOutcome } from "./order-outcome.js";

const { TAO } = ASSET;

/** Writes down what miners do, and what came of it. */
export class ClosedLoopRecords {
  constructor(
    private readonly world: World,
    private readonly subnet: Subnet,
    private readonly alpha: AlphaMarket,
  ) {}

  order(timeMs: number, miner: Miner, order: MinerOrder, outcome: OrderOutcome): void {
    const { agent_orders } = this.world.outputs.tables;
    if (agent_orders === null) return;
    const { subnet } = this;
    const { refusal, position, alphaRao, taoRao, feeRao, priceBeforeTao, priceAfterTao } = outcome;
    agent_orders.write({
      timeMs,
      netuid: subnet.configuration.netuid,
      epoch: subnet.epoch,
      agent: miner.number,
      kind: order.kind,
      refusal,
      position,
      alphaRao,
      taoRao,
      feeRao,
      priceBeforeTao,
      priceAfterTao,
    });
  }

  /** The pool at the end of an epoch, of every so many. */
  pool(timeMs: number): void {
    const { world, alpha, subnet } = this;
    const { pools } = world.outputs.tables;
    const { epoch, configuration } = subnet;
    if (pools === null || alpha.pool === null || epoch % world.configuration.record.everyEpochs !== 0) return;
    const { taoReserveRao, tokenReserveRao, priceTao } = alpha.pool;
    pools.write({
      timeMs,
      netuid: configuration.netuid,
      epoch,
      taoRao: taoReserveRao,
      alphaRao: tokenReserveRao,
      priceTao,
      taoInRao: alpha.taoInRao,
      alphaInRao: alpha.alphaInRao,
    });
  }

  /** The table `agents`, what is only known at the end. */
  agents(miners: readonly Miner[], profitTao: (miner: Miner) => number): void {
    const { world } = this;
    const { agents } = world.outputs.tables;
    if (agents === null) return;
    for (const miner of miners) {
      const { number, name, group, keys, keysMade, hasBegun, totals } = miner;
      agents.write({
        agent: number,
        name,
        groupName: group.name,
        strategy: minerStrategyLabel(group.strategy),
        keys: keysMade,
        seats: keys.filter(({ uid }) => uid >= 0).length,
        taoStartRao: hasBegun ? miner.taoStartRao : 0,
        stakeStartRao: hasBegun ? miner.stakeStartRao : 0,
        taoEndRao: world.accounts.balanceRao(TAO, miner.account),
        stakeEndRao: String(stakeOf(world, miner)),
        entitledRao: totals.entitledRao.toString(),
        paidRao: totals.paidRao.toString(),
        soldRao: totals.soldRao.toString(),
        proceedsRao: totals.proceedsRao.toString(),
        boughtRao: totals.boughtRao.toString(),
        spentRao: totals.spentRao.toString(),
        registrationsRao: totals.registrationsRao.toString(),
        seatsRao: totals.seatsRao.toString(),
        orders: totals.orders,
        ordersDone: totals.ordersDone,
        ...paidBy([totals]),
        profitTao: profitTao(miner),
      });
    }
  }
}

/** Stake on all of a miner's keys, rao. */
export function stakeOf({ book }: World, { keys }: Miner): bigint {
  return keys.reduce((sum, { position }) => sum + BigInt(book.totalOf(position)), 0n);
}

/** What a miner has gained since it began, TAO: stake counts at the prices of then and now. */
export function profitTao(world: World, miner: Miner, startPriceTao: number, endPriceTao: number): number {
  if (!miner.hasBegun) return 0;
  const stakeRao = Number(stakeOf(world, miner)) * endPriceTao - miner.stakeStartRao * startPriceTao;
  return (world.accounts.balanceRao(TAO, miner.account) - miner.taoStartRao + stakeRao) / RAO_PER_TOKEN;
}
