import { type AntiGamingMonitor, applyFlags, policyOf } from "../anti-gaming/index.js";
import { ACCOUNT, type Accounts } from "../books/accounts.js";
import type { World } from "../books/world.js";
import type { Tribunal, ValidatorRoster, Verdict } from "../consensus/index.js";
import { Fraction, partFloor } from "../kernel/decimal.js";
import { InvariantError } from "../kernel/errors.js";
import { floor, min } from "../kernel/math.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../kernel/money.js";
import { normalise } from "../kernel/normalise.js";
import { BLOCK_MS } from "../kernel/time.js";
import type { IndexFund } from "../market/index-fund.js";
import {
  EpochDistributor,
  type EpochRewards,
  MinerActivity,
  MinerScores,
  MinerStanding,
  measureFairness,
  Ranking,
  rankMiners,
  scoreMiners,
  type VolumeTracker,
} from "../rewards/index.js";
import { ROLES } from "../tables/streams.js";
import { RESIDUAL_ROWS, REST_ROWS, type ResidualRow } from "../tables/vocabularies/rest-rows.js";
import type { Measurements } from "../vesting/measurements.js";
import type { Vesting } from "../vesting/vesting.js";
import type { FactorReaches } from "../vesting/weights.js";
import { BasePoolStages } from "./base-pool-stages.js";
import type { IndexSubnetConfiguration } from "./configuration.js";
import type { IndexRecords } from "./index-records.js";
import { MovedPay } from "./moved-pay.js";
import type { Stakes } from "./stakes.js";
import type { IndexTotals } from "./totals.js";

const { EMISSION, BURN } = ACCOUNT;
const MINER = ROLES.indexOf("miner");
const VALIDATOR = ROLES.indexOf("validator");

/** What an epoch's end works with. */
export interface EpochSurroundings {
  readonly world: World;
  readonly vesting: Vesting;
  readonly configuration: IndexSubnetConfiguration;
  readonly accounts: Accounts;
  readonly fund: IndexFund;
  readonly stakes: Stakes;
  readonly tracker: VolumeTracker;
  readonly monitor: AntiGamingMonitor;
  readonly roster: ValidatorRoster;
  readonly tribunal: Tribunal;
  readonly records: IndexRecords;
  readonly totals: IndexTotals;
  /** Account of what nobody can be given. */
  readonly unallocated: number;
  /** Accounts of what a list of stages sends elsewhere than to miners. */
  readonly residualAccount: Readonly<Record<ResidualRow, number>>;
  /** NAV of a token by block, for attestations; rao. */
  readonly navRaoByBlock: Map<number, number>;
  readonly participants: number;
  readonly validators: number;
  /** Share (0..1) of its pay that each participant withdraws at once. */
  readonly withdrawnShare: readonly number[];
}

/**
 * The end of an epoch. Phase 2 (`share`): flags, scores, ranking; the pot shared by pools, tiers and multipliers and booked as
 * emission. Phase 4 (`judge`): what validators hand in, consensus, slashing; fairness. Phase 5 (`withdraw`). Validators share
 * their pool by the consensus of the epoch before, since this epoch's comes after its pot (docs/explanation/rewards.md).
 */
export class EpochClose {
  readonly distributor: EpochDistributor;
  /** Pay of each participant and validator over all epochs, for figures; a double, exact below 2^53. */
  readonly paidSoFar: Float64Array;
  readonly scores: MinerScores;
  readonly #activity: MinerActivity;
  readonly #standing: MinerStanding;
  readonly #ranking: Ranking;
  readonly #registeredMs: Float64Array;
  readonly #factor: Float64Array;
  readonly #minerOf: Int32Array;
  readonly #inConsensus: Uint8Array;
  readonly #validatorStake: Float64Array;
  readonly #scoreSoFar: Float64Array;
  readonly #baseShare: Float64Array;
  readonly #moved: MovedPay;
  /** Null: the base pool is shared by `base_by`. */
  readonly #stages: BasePoolStages | null;
  #lastConsensus: Float64Array | null = null;
  /** Of the epoch that ended last. */
  #shared: EpochRewards | null = null;

  constructor(private readonly around: EpochSurroundings) {
    const { configuration, participants, validators } = around;
    this.distributor = new EpochDistributor(configuration.rewards, participants, validators);
    this.paidSoFar = new Float64Array(participants + validators);
    this.scores = new MinerScores(participants);
    this.#activity = new MinerActivity(participants);
    this.#standing = new MinerStanding(participants);
    this.#ranking = new Ranking(participants);
    this.#registeredMs = new Float64Array(participants);
    this.#factor = new Float64Array(participants).fill(1);
    this.#minerOf = Int32Array.from({ length: participants + validators }, (_, member) => (member < participants ? member : -1));
    this.#inConsensus = new Uint8Array(validators);
    this.#validatorStake = new Float64Array(validators);
    this.#scoreSoFar = new Float64Array(participants);
    this.#baseShare = new Float64Array(participants);
    this.#moved = new MovedPay(around.world, around.vesting.settlement.metrics, around.stakes, participants);
    this.#stages = BasePoolStages.of(around.world, around.vesting.settlement, around.stakes, participants);
  }

  share(startMs: number, endMs: number): void {
    const { stakes, configuration, totals } = this.around;
    const { subnet } = stakes;
    const measured = this.around.vesting.settlement.beginSharedEpoch(subnet, endMs);
    const { epoch } = subnet;
    this.#score(epoch, endMs);
    const blocks = floor(endMs / BLOCK_MS) - floor(startMs / BLOCK_MS);
    const potRao = configuration.emission.potRaoPerBlock * blocks;
    for (let v = 0; v < this.#validatorStake.length; v++) this.#validatorStake[v] = stakes.ofHotkey(this.around.participants + v);
    const multipliers = configuration.vestingMultipliers ? this.#multipliers(measured) : null;
    const validators = { stakeRao: this.#validatorStake, inConsensus: this.#inConsensus };
    const stages = this.#stages?.on(measured, endMs) ?? null;
    const rewards = this.distributor.distributeEpoch(potRao, this.scores, this.#ranking, validators, multipliers, stages);
    this.#shared = rewards;
    totals.potRao.add(potRao);
    const paidRao = this.#pay(endMs, rewards);
    this.#recordPay(epoch, endMs, rewards, measured);
    if (this.#stages !== null) this.#moved.byStages(this.#stages, endMs, rewards, measured);
    else if (multipliers !== null) this.#moved.byMultipliers(this.#baseShare, this.#factor, endMs, rewards, measured);
    this.around.vesting.settlement.endSharedEpoch(subnet, endMs, measured, potRao, paidRao, rewards.remainingRao("unallocated"));
  }

  /** Validators hand in what they saw of the epoch that was shared, and are judged. */
  judge(endMs: number): void {
    const { stakes, tracker } = this.around;
    const rewards = this.#sharedRewards();
    this.#judge(stakes.subnet.epoch, endMs, rewards);
    this.#fairness(stakes.subnet.epoch, endMs, rewards);
    tracker.closeEpoch();
  }

  /** Participants who do not keep all they were paid in the epoch that was shared withdraw the rest. */
  withdraw(endMs: number): void {
    const { stakes, totals, participants, withdrawnShare } = this.around;
    const { paidRao } = this.#sharedRewards();
    for (let miner = 0; miner < participants; miner++) {
      const share = withdrawnShare[miner];
      if (share === 0 || paidRao[miner] === 0) continue;
      totals.withdrawnRao.add(stakes.withdraw(miner, endMs, partFloor(paidRao[miner], share)));
    }
  }

  #sharedRewards(): EpochRewards {
    if (this.#shared === null) throw new InvariantError("no epoch of the index subnet was shared");
    return this.#shared;
  }

  #score(epoch: number, endMs: number): void {
    const { monitor, configuration, records, totals, tracker } = this.around;
    const { antiGaming } = configuration;
    const flags = monitor.closeEpoch(endMs);
    for (const { kind } of flags) totals.flags.add(kind);
    records.flags(epoch, endMs, flags, ({ kind }) => policyOf(kind, antiGaming));
    applyFlags(flags, antiGaming, this.#standing, this.#minerOf);
    tracker.read(endMs, this.#activity);
    scoreMiners(this.#activity, configuration.rewards, this.#standing, this.scores);
    rankMiners(this.scores, this.#registeredMs, this.#ranking);
  }

  /** Multipliers of the participants' positions, as `vesting` says. */
  #multipliers(measured: Measurements) {
    const { world, stakes } = this.around;
    const { vesting } = world.configuration;
    for (let miner = 0; miner < this.#factor.length; miner++) {
      const i = world.positions.onSubnet[stakes.positionOf[miner]];
      this.#factor[miner] = vesting.mode === "on" ? measured.factor[i] : 1;
    }
    return { factor: this.#factor, redistribution: vesting.redistribution, reaches: vesting.mode === "on" ? this.#reaches : undefined };
  }

  /** Is what the rule answers for a participant at least a limit? Who is below the minimum and cut has a 0 that no rule computed. */
  readonly #reaches: FactorReaches = (miner, limit) => {
    const { multipliers } = this.around.vesting;
    const i = this.around.world.positions.onSubnet[this.around.stakes.positionOf[miner]];
    const isAnswer = this.#factor[miner] === multipliers.measured.multiplier[i];
    return isAnswer ? multipliers.reaches(i, limit) : Fraction.decimal(this.#factor[miner]).compare(limit) >= 0;
  };

  /** Books the pay; answers what participants and validators were paid together, rao. */
  #pay(endMs: number, rewards: EpochRewards): number {
    const { stakes, accounts, totals, unallocated, participants, validators } = this.around;
    let sumRao = 0;
    for (let miner = 0; miner < participants; miner++) {
      const paidRao = rewards.paidRao[miner];
      if (paidRao === 0) continue;
      stakes.pay(miner, endMs, paidRao, MINER);
      totals.minersRao.add(paidRao);
      this.paidSoFar[miner] += paidRao;
      sumRao += paidRao;
    }
    for (let v = 0; v < validators; v++) {
      const paidRao = rewards.validatorRao[v];
      if (paidRao === 0) continue;
      stakes.pay(participants + v, endMs, paidRao, VALIDATOR);
      totals.validatorsRao.add(paidRao);
      this.paidSoFar[participants + v] += paidRao;
      sumRao += paidRao;
    }
    for (const { destination, amountRao } of rewards.remainders) {
      const burns = destination === "burn";
      accounts.transfer(stakes.alpha, EMISSION, burns ? BURN : unallocated, amountRao);
      (burns ? totals.burntRao : totals.unallocatedRao).add(amountRao);
    }
    for (const row of RESIDUAL_ROWS) {
      const amountRao = rewards.stagedRao[participants + REST_ROWS.indexOf(row)];
      if (amountRao > 0) accounts.transfer(stakes.alpha, EMISSION, this.around.residualAccount[row], amountRao);
    }
    this.around.vesting.settlement.residuals.take(stakes.subnet, rewards.stagedShare, rewards.stagedRao, participants);
    totals.elsewhereRao.add(rewards.elsewhereRao);
    return sumRao;
  }

  #recordPay(epoch: number, endMs: number, rewards: EpochRewards, measured: Measurements): void {
    const { world, participants, validators, totals, stakes } = this.around;
    const { scores: scoreTable, payouts, weights, rewards: rewardTable } = world.outputs.tables;
    const { tiers } = this.distributor;
    this.around.vesting.settlement.openRows(stakes.subnet, weights);
    this.around.vesting.settlement.openRows(stakes.subnet, rewardTable);
    const base = this.#baseShare;
    for (let miner = 0; miner < participants; miner++) base[miner] = rewards.plainBaseRao[miner] + rewards.tierRao[miner];
    normalise(base, participants);
    for (let miner = 0; miner < participants; miner++) {
      const tier = rewards.tier[miner];
      const ranked = tier >= 0;
      if (ranked) {
        totals.tierPaidRao[tier].add(rewards.paidRao[miner]);
        totals.tierPlaces[tier] += 1;
      }
      const standing = this.#standing.excluded[miner] === 1 ? 0 : this.#standing.factor[miner];
      scoreTable?.write({
        epoch,
        timeMs: endMs,
        participant: miner,
        mintedRao: this.#activity.mintRao[miner],
        redeemedRao: this.#activity.redeemRao[miner],
        transactions: this.#activity.transactionsPerHour[miner],
        volume: this.scores.volume[miner],
        frequency: this.scores.frequency[miner],
        consistency: this.scores.consistency[miner],
        standing,
        score: this.scores.score[miner],
        rank: this.#ranking.rankOf[miner],
        tier: ranked ? tiers.nameOf(tier) : "",
      });
      const entitledRao = rewards.plainBaseRao[miner] + rewards.tierRao[miner];
      payouts?.write({
        epoch,
        timeMs: endMs,
        kind: "miner",
        participant: miner,
        tier: ranked ? tiers.nameOf(tier) : "",
        baseRao: rewards.baseRao[miner],
        tierBonusRao: rewards.tierRao[miner],
        validatorRao: 0,
        multiplier: this.#factor[miner],
        paidRao: rewards.paidRao[miner],
        weight: rewards.weight[miner],
      });
      const position = stakes.positionOf[miner];
      const i = world.positions.onSubnet[position];
      const gain = base[miner] > 0 ? rewards.weight[miner] / base[miner] : 1;
      weights?.write({
        epoch,
        position,
        baseWeight: entitledRao,
        multiplier: this.#stages === null || !this.#stages.applies ? this.#factor[miner] : this.#stages.product[miner],
        shadowMultiplier: this.#stages === null ? measured.factor[i] : this.#stages.product[miner],
        finalWeight: rewards.weight[miner],
        weightGain: gain,
      });
      rewardTable?.write({ epoch, position, role: "miner", recordedRao: entitledRao, paidRao: rewards.paidRao[miner] });
    }
    const payout = { epoch, timeMs: endMs, baseRao: 0, tierBonusRao: 0, multiplier: 1, weight: 0 };
    for (let v = 0; v < validators; v++) {
      const paidRao = rewards.validatorRao[v];
      payouts?.write({ ...payout, kind: "validator", participant: participants + v, tier: "", validatorRao: paidRao, paidRao });
      rewardTable?.write({ epoch, position: stakes.positionOf[participants + v], role: "validator", recordedRao: paidRao, paidRao });
    }
    for (const { pool, tier, destination, amountRao } of rewards.remainders) {
      payouts?.write({ ...payout, kind: destination, participant: -1, tier: tier ?? pool, validatorRao: 0, paidRao: amountRao });
    }
  }

  #judge(epoch: number, endMs: number, rewards: EpochRewards): void {
    const { fund, roster, tribunal, records, totals, navRaoByBlock, participants } = this.around;
    const block = floor(endMs / BLOCK_MS);
    const navRao = fund.isStale(endMs) ? null : min(MAX_RAO, floor(fund.navTaoPerToken() * RAO_PER_TOKEN));
    if (navRao !== null) navRaoByBlock.set(block, navRao);
    const truth = { block, weights: rewards.weight, navRao, operation: "epoch" as const };
    const submissions = roster.submissions(truth, this.#lastConsensus);
    const verdict: Verdict = tribunal.close(epoch, endMs, participants, submissions);
    this.#inConsensus.set(verdict.inConsensus);
    const { weights, cause } = verdict.consensus;
    if (weights !== null) {
      this.#lastConsensus = weights;
      totals.consensusReached += 1;
    } else totals.noConsensus.add(cause);
    records.verdict(verdict, epoch);
  }

  #fairness(epoch: number, endMs: number, rewards: EpochRewards): void {
    const { records, world, participants } = this.around;
    for (let miner = 0; miner < participants; miner++) this.#scoreSoFar[miner] += this.scores.score[miner];
    if (world.outputs.tables.fairness === null) return;
    const ofEpoch = measureFairness(rewards.paidRao, this.scores.score);
    records.fairness(epoch, endMs, "epoch", ofEpoch, String(ofEpoch.totalRao));
    records.fairness(epoch, endMs, "so_far", this.fairnessSoFar(), this.around.totals.minersRao.toString());
  }

  /** How evenly all pay of participants so far is spread. */
  fairnessSoFar() {
    return measureFairness(this.paidSoFar.slice(0, this.around.participants), this.#scoreSoFar);
  }
}
