import { describe, expect, it } from "vitest";
import { TenureError } from "../../../engine/kernel/errors.js";
import { DEFAULT_REWARDS, refuseRewardsConfiguration, type TierConfiguration, TierTable } from "../../../engine/rewards/index.js";

const tier = (name: string, fromRank: number, toRank: number, share: number): TierConfiguration => ({ name, fromRank, toRank, share });

function refusal(run: () => unknown): { code: string; path: string | undefined; found: unknown } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    return { code: error.code, path: error.place?.path, found: error.found };
  }
  throw new Error("nothing was refused");
}

describe("the tier table", () => {
  it("knows the tier of every rank", () => {
    const table = new TierTable(DEFAULT_REWARDS.tiers);
    const names = [1, 2, 3, 5, 6, 10, 11, 20, 21, 1000].map((rank) => table.nameOf(table.tierOf(rank)));
    expect(names).toEqual(["diamond", "platinum", "gold", "gold", "silver", "silver", "bronze", "bronze", "base", "base"]);
  });

  it.each<[string, TierConfiguration[], { code: string; path: string; found: unknown }]>([
    ["a hole", [tier("a", 1, 2, 0.5), tier("b", 4, 5, 0.5)], { code: "TEN-REWARD-109", path: "t.1.from_rank", found: 4 }],
    ["a first rank that is missing", [tier("a", 2, 2, 1)], { code: "TEN-REWARD-109", path: "t.0.from_rank", found: 2 }],
    ["an overlap", [tier("a", 1, 3, 0.5), tier("b", 3, 5, 0.5)], { code: "TEN-REWARD-110", path: "t.1.from_rank", found: 3 }],
    ["the wrong order", [tier("b", 1, 5, 0.5), tier("a", 1, 2, 0.5)], { code: "TEN-REWARD-110", path: "t.1.from_rank", found: 1 }],
    ["ranks back to front", [tier("a", 2, 1, 1)], { code: "TEN-REWARD-108", path: "t.0.to_rank", found: 1 }],
    ["half a rank", [tier("a", 1, 1.5, 1)], { code: "TEN-REWARD-108", path: "t.0.to_rank", found: 1.5 }],
    ["rank 0", [tier("a", 0, 1, 1)], { code: "TEN-REWARD-108", path: "t.0.from_rank", found: 0 }],
    ["shares above 1", [tier("a", 1, 1, 0.6), tier("b", 2, 2, 0.6)], { code: "TEN-REWARD-112", path: "t", found: 1.2 }],
    ["shares below 1", [tier("a", 1, 1, 0.9)], { code: "TEN-REWARD-112", path: "t", found: 0.9 }],
    ["a negative share", [tier("a", 1, 1, -1), tier("b", 2, 2, 2)], { code: "TEN-REWARD-111", path: "t.0.share", found: -1 }],
    ["a share that is no number", [tier("a", 1, 1, Number.NaN)], { code: "TEN-REWARD-111", path: "t.0.share", found: Number.NaN }],
    ["one name twice", [tier("a", 1, 1, 0.5), tier("a", 2, 2, 0.5)], { code: "TEN-REWARD-107", path: "t.1.name", found: "a" }],
    ["the name of those behind", [tier("base", 1, 1, 1)], { code: "TEN-REWARD-107", path: "t.0.name", found: "base" }],
    ["no tiers", [], { code: "TEN-REWARD-112", path: "t", found: 0 }],
  ])("refuses %s", (_, tiers, expected) => {
    expect(refusal(() => new TierTable(tiers, "t"))).toEqual(expected);
  });
});

describe("a rewards configuration", () => {
  const { score, pools } = DEFAULT_REWARDS;

  it("is refused for nothing by default", () => {
    expect(() => refuseRewardsConfiguration(DEFAULT_REWARDS)).not.toThrow();
  });

  it.each([
    ["pools over 100 %", { pools: { ...pools, base: 0.75 } }, "TEN-REWARD-106", "index.rewards.pools"],
    ["a negative pool", { pools: { ...pools, validators: -0.05 } }, "TEN-REWARD-105", "index.rewards.pools.validators"],
    ["a pool that is no number", { pools: { ...pools, base: Number.NaN } }, "TEN-REWARD-105", "index.rewards.pools.base"],
    ["weights that do not sum to 1", { score: { ...score, volumeWeight: 0.8 } }, "TEN-REWARD-102", "index.rewards.score"],
    ["a negative weight", { score: { ...score, volumeWeight: -0.1 } }, "TEN-REWARD-101", "index.rewards.score.volume_weight"],
    ["an endless multiplier", { score: { ...score, mintMultiplier: Infinity } }, "TEN-REWARD-103", "index.rewards.score.mint_multiplier"],
    ["half a rao", { minVolumeRao: 0.5 }, "TEN-REWARD-104", "index.rewards.min_volume"],
    ["a cap of nothing", { maxTop10Share: 0 }, "TEN-REWARD-113", "index.rewards.max_top10_share"],
    ["tiers that are refused", { tiers: [tier("a", 2, 2, 1)] }, "TEN-REWARD-109", "index.rewards.tiers.0.from_rank"],
  ])("is refused for %s", (_, change, code, path) => {
    expect(refusal(() => refuseRewardsConfiguration({ ...DEFAULT_REWARDS, ...change }))).toMatchObject({ code, path });
  });
});
