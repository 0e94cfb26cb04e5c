import type { World } from "../../books/world.js";
import type { EpochSheet } from "../../epochs/epoch-sheet.js";
import type { EpochRewards, TierTable } from "../../rewards/index.js";
import type { MinerScoring } from "./miner-scoring.js";
import type { IndexTotals } from "./totals.js";

/** Writes down how scores of an epoch became pay: the tables `scores` and `payouts`, and what each tier earned. */
export class PayRecords {
  constructor(
    private readonly world: World,
    private readonly tiers: TierTable,
    private readonly scoring: MinerScoring,
    private readonly around: { readonly totals: IndexTotals; readonly participants: number; readonly validators: number },
  ) {}

  write(epoch: number, sheet: EpochSheet, rewards: EpochRewards): void {
    const { participants, validators, totals } = this.around;
    const { payouts } = this.world.outputs.tables;
    for (let miner = 0; miner < participants; miner++) {
      const tier = rewards.tier[miner];
      if (tier >= 0) {
        totals.tierPaidRao[tier].add(rewards.paidRao[miner]);
        totals.tierPlaces[tier] += 1;
      }
      const tierName = tier >= 0 ? this.tiers.nameOf(tier) : "";
      this.#score(epoch, sheet.endMs, miner, tierName);
      payouts?.write({
        epoch,
        timeMs: sheet.endMs,
        kind: "miner",
        participant: miner,
        tier: tierName,
        baseRao: rewards.baseRao[miner],
        tierBonusRao: rewards.tierRao[miner],
        validatorRao: 0,
        multiplier: sheet.listed ? 1 : sheet.factor[miner],
        paidRao: rewards.paidRao[miner],
        weight: rewards.weight[miner],
      });
    }
    const payout = { epoch, timeMs: sheet.endMs, baseRao: 0, tierBonusRao: 0, multiplier: 1, weight: 0 };
    for (let v = 0; v < validators; v++) {
      const paidRao = rewards.validatorRao[v];
      payouts?.write({ ...payout, kind: "validator", participant: participants + v, tier: "", validatorRao: paidRao, paidRao });
    }
    for (const { pool, tier, destination, amountRao } of rewards.remainders) {
      payouts?.write({ ...payout, kind: destination, participant: -1, tier: tier ?? pool, validatorRao: 0, paidRao: amountRao });
    }
  }

  #score(epoch: number, timeMs: number, miner: number, tier: string): void {
    const { activity, scores, ranking } = this.scoring;
    this.world.outputs.tables.scores?.write({
      epoch,
      timeMs,
      participant: miner,
      mintedRao: activity.mintRao[miner],
      redeemedRao: activity.redeemRao[miner],
      transactions: activity.transactionsPerHour[miner],
      volume: scores.volume[miner],
      frequency: scores.frequency[miner],
      consistency: scores.consistency[miner],
      standing: this.scoring.standingOf(miner),
      score: scores.score[miner],
      rank: ranking.rankOf[miner],
      tier,
    });
  }
}
