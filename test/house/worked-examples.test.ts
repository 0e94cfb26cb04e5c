import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { MarketObservation } from "../../engine/agents/participants/market-observation.js";
import { DEFAULT_PARTICIPANT } from "../../engine/agents/participants/participant-configuration.js";
import { findOpportunity } from "../../engine/agents/participants/strategies/arbitrage/opportunity.js";
import { BehaviourFingerprints } from "../../engine/anti-gaming/behaviour-fingerprints.js";
import { OppositeOperations } from "../../engine/anti-gaming/opposite-operations.js";
import { ACCOUNT, Accounts, ASSET } from "../../engine/books/accounts.js";
import { instalmentRao } from "../../engine/books/schedules.js";
import { columnMedians } from "../../engine/consensus/column-medians.js";
import { DEFAULT_CONSENSUS } from "../../engine/consensus/configuration.js";
import { deviationOf, exactDeviationOf } from "../../engine/consensus/deviation.js";
import { Reputation } from "../../engine/consensus/reputation.js";
import { severityOf } from "../../engine/consensus/severity.js";
import { classifyResidual } from "../../engine/events/attribution/attribution.js";
import { PotSharing } from "../../engine/kernel/pot.js";
import { DAY_MS, HOUR_MS } from "../../engine/kernel/time.js";
import { Ledger } from "../../engine/ledger/ledger.js";
import type { LedgerRules } from "../../engine/ledger/ledger-rules.js";
import { EmissionSnapshots } from "../../engine/market/composition.js";
import { ConstantProductPool } from "../../engine/market/constant-product-pool.js";
import { proportionFloor } from "../../engine/market/proportion.js";
import { Registry } from "../../engine/registry/registry.js";
import { DEFAULT_REWARDS } from "../../engine/rewards/configuration.js";
import { EpochDistributor } from "../../engine/rewards/epoch-distributor.js";
import { MinerActivity } from "../../engine/rewards/miner-activity.js";
import { Ranking, rankMiners } from "../../engine/rewards/rank-miners.js";
import { MinerScores, scoreMiners } from "../../engine/rewards/score-miners.js";
import { bindMultiplierRule, DEFAULT_MULTIPLIER_PARAMETERS } from "../../engine/rules/multipliers/index.js";
import { HoldingMetrics, type HoldingMetricsRules } from "../../engine/vesting/holding-metrics.js";
import { applyMultipliers } from "../../engine/vesting/weights.js";

const TOKEN = 1_000_000_000;

/** Does the page say this, as the result of its example? */
function says(page: string, result: string): void {
  const text = readFileSync(resolve(import.meta.dirname, `../../docs/explanation/${page}`), "utf8");
  expect(text.replace(/\s+/g, " ")).toContain(`**${result}**`);
}

/** A number as the pages write it: rounded to four places, no zeros at the end. */
const short = (value: number, places = 4) => String(Number(value.toFixed(places)));

function shared(potRao: number, weights: readonly number[]): string {
  const parts = new Float64Array(weights.length);
  new PotSharing().share(potRao, Float64Array.from(weights), weights.length, parts);
  return parts.join(", ");
}

const RULES: LedgerRules = {
  withdrawalOrder: "filo",
  equalTimes: "later_first",
  onInvalid: "clamp",
  basisAllStake: false,
  basisAfterMs: -1,
  windowed: false,
  wholeDays: false,
};

function ledgerOf(rules: Partial<LedgerRules> = {}): Ledger {
  const ledger = new Ledger(
    { ...RULES, ...rules },
    {
      rejected: () => undefined,
      rounded: () => undefined,
      closed: () => undefined,
      movedAll: () => undefined,
      reportsClosures: false,
      describe: () => ({ name: "x", place: {} }),
    },
  );
  ledger.ensurePositions(2);
  return ledger;
}

const EARNED = 1;

describe("the worked example is what the engine answers:", () => {
  it("a pot", () => {
    says("units.md", shared(7, [0.5, 0.3, 0.2]));
    says("units.md", shared(100, [1, 1, 1]));
  });

  it("attribution", () => {
    expect(classifyResidual(170, 150, 2)).toEqual({ kind: "emission", amountRao: 20 });
    expect(classifyResidual(130, 150, 2)).toEqual({ kind: "rounding", amountRao: 20 });
    expect(classifyResidual(120, 150, 2)).toEqual({ kind: "unexplained", amountRao: 30 });
  });

  it.each([
    ["filo", "8 and 0"],
    ["fifo", "3 and 5"],
    ["pro_rata", "5 and 3"],
  ] as const)("a withdrawal by %s", (withdrawalOrder, left) => {
    const ledger = ledgerOf({ withdrawalOrder });
    ledger.credit(0, EARNED, 0, 10, 0);
    ledger.credit(0, EARNED, 20 * DAY_MS, 5, 1);
    ledger.debit(0, 25 * DAY_MS, 7, 0);
    expect(`${ledger.remainingOf(0, 0)} and ${ledger.remainingOf(0, 1)}`).toBe(left);
    says("tranches.md", left);
  });

  it("a split", () => {
    const ledger = ledgerOf();
    const metrics = new HoldingMetrics(ledger, { ...RULES, scope: "lifetime", windowDays: 30, rounding: "exact" });
    ledger.credit(0, EARNED, 0, 100, 0);
    ledger.debit(0, DAY_MS, 40, 0);
    ledger.movePart(0, 1, DAY_MS, 30, 1);
    for (const position of [0, 1]) {
      metrics.read(position, DAY_MS);
      expect(metrics).toMatchObject({ receivedRao: 50, remainingRao: 30, heldDays: 1 });
    }
    says("tranches.md", "50");
  });

  function held(rules: Partial<LedgerRules>, reading: Partial<HoldingMetricsRules>): HoldingMetrics {
    const ledger = ledgerOf(rules);
    ledger.credit(0, EARNED, 0, 10 * TOKEN, 0);
    ledger.credit(0, EARNED, 20 * DAY_MS, 5 * TOKEN, 1);
    ledger.debit(0, 25 * DAY_MS, 3 * TOKEN, 0);
    const metrics = new HoldingMetrics(ledger, { ...RULES, scope: "lifetime", windowDays: 30, rounding: "exact", ...reading });
    metrics.read(0, 30 * DAY_MS);
    return metrics;
  }

  it("a holding, and what each rule makes of it", () => {
    const { heldShare, heldDays } = held({}, {});
    says("holding.md", short(heldShare));
    says("holding.md", short(heldDays, 2));
    says("holding.md", short(held({ wholeDays: true }, { rounding: "whole_days" }).heldDays));
    says("holding.md", short(held({ windowed: true }, { scope: "window", windowDays: 15 }).heldShare));
    for (const rule of ["geometric", "tiered", "linear_retention"] as const) {
      says("multipliers.md", short(bindMultiplierRule(rule, DEFAULT_MULTIPLIER_PARAMETERS)(heldShare, heldDays)));
    }
  });

  it("weights", () => {
    const final = new Float64Array(3);
    const base = Float64Array.of(60, 30, 10);
    applyMultipliers(base, Float64Array.of(1.5, 1, 1.2), 3, { kind: "proportional" }, final);
    says("weights.md", Array.from(final, (share) => short(share)).join(", "));
    applyMultipliers(base, Float64Array.of(1, 0.4, 0.8), 3, { kind: "threshold", relative: 0.5, absolute: 0 }, final);
    says("weights.md", Array.from(final, (share) => short(share)).join(", "));
  });

  it("instalments", () => {
    says("schedules.md", [1, 2, 3].map((k) => instalmentRao(10, 3, k)).join(", "));
    const month = Array.from({ length: 30 }, (_, k) => instalmentRao(TOKEN, 30, k + 1));
    expect(month.slice(9, 11)).toEqual([33_333_334, 33_333_333]);
  });

  it.each([2, 0])("pruning, the third having been paid %d", (third) => {
    const registry = new Registry(3, DAY_MS);
    const pay = [5, 2, third];
    for (let hotkey = 0; hotkey < 3; hotkey++) registry.register(-1, hotkey, hotkey, (hotkey + 1) * DAY_MS, () => 0);
    const [replaced] = registry.register(-1, 3, 3, 3 * DAY_MS + HOUR_MS, ({ hotkey }) => pay[hotkey]);
    expect(replaced).toMatchObject({ change: "replaced", seat: { hotkey: 1 } });
  });

  it("a purchase in the pool", () => {
    const accounts = new Accounts();
    const ann = accounts.open("ann");
    const pool = new ConstantProductPool(accounts, ACCOUNT.POOL, ASSET.INDEX_TOKEN, { fee: 0.003 });
    pool.addLiquidity(ACCOUNT.OUTSIDE_MARKET, 1_000 * TOKEN, 1_000 * TOKEN);
    accounts.transfer(ASSET.TAO, ACCOUNT.OUTSIDE_MARKET, ann, 10 * TOKEN);
    const trade = pool.trade("buy", ann, 10 * TOKEN, 0);
    if (!trade.done) throw new Error(trade.cause);
    says("market.md", `${trade.receivedRao / TOKEN} tokens`);
    expect([short(trade.priceAfterTao), short(100 * trade.slippage, 1)]).toEqual(["1.0201", "1.3"]);
  });

  it("a composition, and a day's management fee", () => {
    const snapshots = new EmissionSnapshots();
    for (const [netuid, rate] of [
      [9, 6],
      [4, 3],
      [7, 3],
    ] as const) {
      snapshots.take(0, netuid, rate);
    }
    const { constituents } = snapshots.compose(0, { constituents: 2, averagingDays: 14 });
    expect(constituents.map(({ netuid }) => netuid)).toEqual([9, 4]);
    for (const { weight } of constituents) says("index-fund.md", short(weight));
    says("index-fund.md", `${proportionFloor(1_000 * TOKEN, 0.01 * TOKEN, 365 * TOKEN).toLocaleString("en-US")} rao`);
  });

  it("an opportunity", () => {
    const seen = (price: number) =>
      Object.assign(new MarketObservation(), {
        navTaoPerToken: 1,
        navStale: false,
        priceTaoPerToken: price,
        mintFee: 0.002,
        redeemFee: 0.002,
        taoRao: 100 * TOKEN,
      });
    const found = findOpportunity(DEFAULT_PARTICIPANT, seen(1.01));
    expect(found).toMatchObject({ side: "mint", sizeRao: 10 * TOKEN });
    says("participants.md", `${short(found?.grossProfitTao ?? 0)} TAO`);
    expect(findOpportunity(DEFAULT_PARTICIPANT, seen(1.004))).toBeNull();
  });

  it("scores, and what an epoch pays for them", () => {
    const activity = new MinerActivity(2);
    activity.mintRao.set([100 * TOKEN, 50 * TOKEN]);
    activity.redeemRao.set([0, 50 * TOKEN]);
    activity.transactionsPerHour.set([4, 5]);
    activity.consistency.set([0.5, 0.2]);
    const scores = new MinerScores(2);
    scoreMiners(activity, DEFAULT_REWARDS, null, scores);
    for (const score of scores.score) says("rewards.md", short(score));
    const ranking = new Ranking(2);
    rankMiners(scores, new Float64Array(2), ranking);
    const nobody = { stakeRao: new Float64Array(0), inConsensus: new Uint8Array(0) };
    const paid = new EpochDistributor(DEFAULT_REWARDS, 2, 0).entitle(300 * 410_000_000, scores, ranking, nobody);
    expect(Array.from(paid.tierRao)).toEqual([12_300_000_000, 7_687_500_000]);
    says("rewards.md", String((paid.basePoolRao + paid.movedToBaseRao) / TOKEN));
    expect(paid.baseRao[0] / paid.baseRao[1]).toBeCloseTo(110 / 105, 9);
  });

  it("medians, a deviation, and a reputation", () => {
    const votes = [0.2, 0.3, 0.5].map((weight) => Float64Array.of(weight));
    const { consensus, severity, reputation } = DEFAULT_CONSENSUS;
    for (const method of ["stake_median", "median"] as const) {
      says("consensus.md", String(columnMedians(votes, [1_000, 1_000, 3_000], 1, { ...consensus, method })[0]));
    }
    const [weights, agreed] = [
      [0.5, 0.5],
      [0.6, 0.4],
    ];
    says(
      "consensus.md",
      severityOf(deviationOf(weights, agreed), severity, () => exactDeviationOf(weights, agreed)),
    );
    const known = Object.assign(new Reputation(reputation), { submissions: 50, agreeing: 48, deviations: 2, slashes: 2 });
    known.update();
    says("consensus.md", short(known.overall));
  });

  it("a round trip, and likeness", () => {
    const matches: number[] = [];
    const operations = new OppositeOperations(Int32Array.of(0), 600_000, (_earlier, _later, amountRao) => void matches.push(amountRao));
    for (const amount of [5, 3, -6]) operations.add(0, 0, amount);
    says("anti-gaming.md", `${matches.length} and ${matches.reduce((sum, amount) => sum + amount, 0)} TAO`);
    const binMs = 120_000;
    const fingerprints = new BehaviourFingerprints(2, { binMs, windowEpochs: 1, similarity: 0.98, minOperations: 1 });
    for (const [bin, amount] of [
      [1, 1],
      [3, 2],
    ]) {
      fingerprints.record(0, bin * binMs, 2 * amount);
      fingerprints.record(1, bin * binMs, amount);
    }
    fingerprints.closeEpoch(0, 3 * binMs);
    says("anti-gaming.md", short(fingerprints.concordance(0, 1), 3));
  });
});
