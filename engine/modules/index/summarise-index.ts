import { ACCOUNT, ASSET } from "../../books/accounts.js";
import { ExactSum } from "../../kernel/money.js";
import type { IndexSubnet } from "./index-subnet.js";
import type { GroupFigures, IndexSummary, SlashFigures } from "./index-summary.js";
import { ordersDone } from "./orders-done.js";

const { FUND_TREASURY, BURN, TREASURY } = ACCOUNT;
const { TAO, INDEX_TOKEN } = ASSET;

/** What an index subnet amounts to so far. */
export function summariseIndex(index: IndexSubnet): IndexSummary {
  const { totals, fund, market, accounts, epochs, stakes, configuration } = index;
  const { tiers } = epochs.source.distributor;
  const { lorenz, count, totalRao: _, ...inequality } = epochs.fairnessSoFar();
  return {
    netuid: configuration.netuid,
    epochs: stakes.subnet.epoch,
    foundedMs: totals.foundedMs,
    samples: totals.samples,
    staleSamples: totals.staleSamples,
    staleSpells: totals.staleSpells,
    droppedPrices: index.intake.dropped,
    nav: { startTao: totals.firstNavTao, endTao: fund.navTaoPerToken() },
    price: { startTao: totals.firstPriceTao, endTao: market.priceTao },
    premium: index.premiums.figures(),
    fund: {
      supplyRao: String(fund.supplyRao),
      mintedRao: fund.mintedRao.toString(),
      redeemedRao: fund.redeemedRao.toString(),
      cashRao: String(fund.cashRao),
      rebalances: totals.rebalances,
      refusedRebalances: totals.refusedRebalances.toRecord(),
      missingDays: [...index.compositions.missingDays].sort((a, b) => a - b),
    },
    orders: {
      given: totals.given.toRecord(),
      done: totals.done.toRecord(),
      refused: totals.refusals.toRecord(),
      mintedValueRao: totals.mintedValueRao.toString(),
      redeemedValueRao: totals.redeemedValueRao.toString(),
      noiseTrades: totals.noiseTrades,
      noiseVolumeRao: totals.noiseVolumeRao.toString(),
    },
    fees: {
      mintAndRedeemTokensRao: fund.feesRao.toString(),
      managementTokensRao: fund.managementFeeRao.toString(),
      poolTokensRao: totals.poolFeesTokensRao.toString(),
      poolTaoRao: totals.poolFeesTaoRao.toString(),
      transactionTaoRao: totals.transactionCostsRao.toString(),
    },
    emission: {
      potRao: totals.potRao.toString(),
      minersRao: totals.minersRao.toString(),
      validatorsRao: totals.validatorsRao.toString(),
      burntRao: totals.burntRao.toString(),
      unallocatedRao: totals.unallocatedRao.toString(),
      withdrawnRao: totals.withdrawnRao.toString(),
    },
    tiers: totals.tierPaidRao.map((paid, tier) => ({
      tier: tiers.nameOf(tier),
      places: totals.tierPlaces[tier],
      paidRao: paid.toString(),
    })),
    groups: groupFigures(index),
    consensus: { reached: totals.consensusReached, none: totals.noConsensus.toRecord() },
    slashes: slashFigures(index),
    slashedRao: totals.slashedRao.toString(),
    flags: totals.flags.toRecord(),
    inequality: { members: count, ...inequality, lorenz: [...lorenz] },
    accounts: {
      fundTreasuryTokensRao: String(accounts.balanceRao(INDEX_TOKEN, FUND_TREASURY)),
      burntTaoRao: String(accounts.balanceRao(TAO, BURN)),
      burntAlphaRao: String(accounts.balanceRao(stakes.alpha, BURN)),
      treasuryAlphaRao: String(accounts.balanceRao(stakes.alpha, TREASURY)),
    },
  };
}

function groupFigures({ members, floor, epochs }: IndexSubnet): GroupFigures[] {
  const { participants, validators } = members;
  const all = [
    ...participants.map(({ group }, member) => ({ group, kind: "participant" as const, member })),
    ...validators.map(({ group }, i) => ({ group, kind: "validator" as const, member: participants.length + i })),
  ];
  const groups = new Map<string, typeof all>();
  for (const one of all) {
    const key = `${one.kind} ${one.group}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const paid = new ExactSum();
    let profitTao = 0;
    let orders = 0;
    let done = 0;
    let inventory = 0;
    let answered = 0;
    let responseMs = 0;
    for (const { kind, member } of group) {
      paid.add(epochs.source.paidSoFar[member]);
      if (kind === "validator") continue;
      const { metrics } = floor.participants[member];
      profitTao += metrics.profitTao;
      orders += metrics.attempts;
      done += ordersDone(metrics);
      inventory += metrics.meanInventoryRatio;
      answered += metrics.answered;
      responseMs += metrics.meanResponseMs * metrics.answered;
    }
    return {
      group: group[0].group,
      kind: group[0].kind,
      members: group.length,
      paidRao: paid.toString(),
      profitTao,
      orders,
      ordersDone: done,
      meanInventoryRatio: inventory / group.length,
      meanResponseMs: answered === 0 ? null : responseMs / answered,
    };
  });
}

function slashFigures({ tribunal, members }: IndexSubnet): SlashFigures[] {
  const rows = new Map<string, { -readonly [key in keyof SlashFigures]: SlashFigures[key] }>();
  for (const { validator, cause, severity, state, takenRao } of tribunal.slashing.slashes) {
    const key = `${validator} ${cause} ${severity}`;
    const { name, group, behaviour } = members.validators[validator];
    const before = rows.get(key) ?? {
      validator: name,
      group,
      behaviour: behaviour.kind,
      cause,
      severity,
      count: 0,
      overturned: 0,
      held: 0,
      takenRao: "0",
    };
    before.count += 1;
    if (state === "overturned") before.overturned += 1;
    if (state === "held") before.held += 1;
    before.takenRao = (BigInt(before.takenRao) + BigInt(takenRao)).toString();
    rows.set(key, before);
  }
  return [...rows.values()].sort((a, b) => (a.validator < b.validator ? -1 : a.validator > b.validator ? 1 : 0));
}
