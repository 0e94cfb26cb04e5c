import { describe, expect, it } from "vitest";
import {
  type AntiGamingConfiguration,
  applyFlags,
  DEFAULT_ANTI_GAMING,
  type FlagEvidence,
  refuseAntiGamingConfiguration,
} from "../../../engine/anti-gaming/index.js";
import { TenureError } from "../../../engine/kernel/errors.js";
import { DEFAULT_REWARDS, MinerActivity, MinerScores, MinerStanding, scoreMiners } from "../../../engine/rewards/index.js";
import type { FlagKind } from "../../../engine/tables/vocabularies/flags.js";

const TAO = 1_000_000_000;

const flag = (kind: FlagKind, subject: number): FlagEvidence => ({
  kind,
  subject,
  count: 1,
  amountRao: TAO,
  fromMs: 0,
  toMs: 1,
  otherParty: -1,
});

/** Scores of two miners who did the same, miner 0 flagged. */
function scoresUnder(change: Partial<AntiGamingConfiguration>, ...flags: FlagEvidence[]): MinerScores {
  const activity = new MinerActivity(2);
  activity.mintRao.fill(10 * TAO);
  activity.transactionsPerHour.fill(1);
  activity.consistency.fill(1);
  const standing = new MinerStanding(2);
  applyFlags(flags, { ...DEFAULT_ANTI_GAMING, ...change }, standing);
  const scores = new MinerScores(2);
  scoreMiners(activity, DEFAULT_REWARDS, standing, scores);
  return scores;
}

describe("what a flag does", () => {
  const flags = [flag("round_trip", 0), flag("over_rate", 0)];

  it("is nothing under record", () => {
    const { score, eligible } = scoresUnder({ onFlag: "record" }, ...flags);
    expect([score[0] === score[1], eligible[0]]).toEqual([true, 1]);
  });

  it("is no rank under exclude", () => {
    const { score, eligible } = scoresUnder({ onFlag: "exclude" }, ...flags);
    expect([score[0], eligible[0], eligible[1]]).toEqual([0, 0, 1]);
    expect(score[1]).toBeCloseTo(1, 15);
  });

  it("is a cut under penalise, once", () => {
    const { score, baseVolume, eligible } = scoresUnder({ onFlag: "penalise", penaltyFactor: 0.25 }, ...flags);
    expect([score[0] / score[1], baseVolume[0] / baseVolume[1], eligible[0]]).toEqual([0.25, 0.25, 1]);
  });

  it("can depend on its kind", () => {
    const change = { onFlag: "exclude", policies: { round_trip: "record", over_rate: "penalise" } } as const;
    const { score, eligible } = scoresUnder(change, ...flags);
    expect([score[0] / score[1], eligible[0]]).toEqual([0.5, 1]);
  });

  it("is nothing where the account is no miner, and is forgotten the next time", () => {
    const standing = new MinerStanding(2);
    const rules = { ...DEFAULT_ANTI_GAMING, onFlag: "exclude" } as const;
    applyFlags([flag("round_trip", 0), flag("round_trip", 1)], rules, standing, Int32Array.of(-1, 0));
    expect([...standing.excluded]).toEqual([1, 0]);
    applyFlags([], rules, standing);
    expect([...standing.excluded]).toEqual([0, 0]);
  });
});

describe("anti-gaming rules", () => {
  const clusters = { binMs: 120_000, windowEpochs: 24, similarity: 0.98, minOperations: 10 };

  it("are refused for nothing by default", () => {
    expect(() => refuseAntiGamingConfiguration(DEFAULT_ANTI_GAMING)).not.toThrow();
    expect(() => refuseAntiGamingConfiguration({ ...DEFAULT_ANTI_GAMING, clusters: null })).not.toThrow();
  });

  it.each<[Partial<AntiGamingConfiguration>, string, string]>([
    [{ penaltyFactor: 1.1 }, "TEN-REWARD-121", "penalty_factor"],
    [{ minTransactionRao: -1 }, "TEN-REWARD-122", "min_transaction"],
    [{ maxTransactionsPerMinute: 0.5 }, "TEN-REWARD-123", "max_transactions_per_minute"],
    [{ washWindowMs: Number.NaN }, "TEN-REWARD-124", "wash_window"],
    [{ boundaryWindowMs: -1 }, "TEN-REWARD-125", "boundary_window"],
    [{ minFlaggedRao: 0.5 }, "TEN-REWARD-126", "min_flagged"],
    [{ clusters: { ...clusters, binMs: 0 } }, "TEN-REWARD-127", "clusters.bin"],
    [{ clusters: { ...clusters, windowEpochs: 0 } }, "TEN-REWARD-128", "clusters.window_epochs"],
    [{ clusters: { ...clusters, similarity: 1.01 } }, "TEN-REWARD-129", "clusters.similarity"],
    [{ clusters: { ...clusters, minOperations: 0 } }, "TEN-REWARD-130", "clusters.min_operations"],
  ])("%j is refused", (change, code, path) => {
    const refuse = () => refuseAntiGamingConfiguration({ ...DEFAULT_ANTI_GAMING, ...change });
    expect(refuse).toThrow(TenureError);
    expect(refuse).toThrow(`${code}: index.anti_gaming.${path}`);
  });
});
