import { describe, expect, it } from "vitest";
import { YumaAgreement } from "../../../engine/modules/closed-loop/yuma-agreement.js";
import { type ChainConfiguration, ChainYuma, KeyedYuma, NOT_SET, ONE, Yuma } from "../../../engine/yuma/index.js";
import { PLAIN_YUMA } from "./plain-configuration.js";

const CHAIN: ChainConfiguration = {
  bonds: "yuma3",
  kappaU16: 32_767,
  bondsPenaltyU16: 0,
  bondsMovingAveragePpm: 900_000,
  liquidAlpha: { alphaLowU16: 45_875, alphaHighU16: 58_982, sigmoidSteepness: 1000 },
};
const keys = (...all: number[]) => Int32Array.from(all);
const numbers = (...all: number[]) => Float64Array.from(all);
const STAKES = numbers(5_000_000_000, 3_000_000_000);

describe("Yuma by keys", () => {
  it("is Yuma by numbers, as long as nobody comes or goes", () => {
    const keyed = new KeyedYuma({ from: "yuma", ...PLAIN_YUMA });
    const plain = new Yuma(PLAIN_YUMA, 2, 3);
    for (const set of [numbers(1, 2, 0, 3, 0, 1), numbers(0, 1, 4, 3, 3, 3)]) {
      const outcome = keyed.epoch(keys(7, 4), keys(30, 10, 20), STAKES, set);
      plain.epoch(STAKES, set);
      expect(outcome.incentive).toEqual(plain.incentive);
      expect(outcome.dividends).toEqual(plain.dividends);
    }
  });

  it.each([
    ["in doubles", { from: "yuma", ...PLAIN_YUMA } as const],
    ["as on the chain", { from: "chain_yuma", ...CHAIN, liquidAlpha: null } as const],
  ])("keeps the bonds of who moves to another place, and takes those of who leaves, %s", (_, configuration) => {
    const early = numbers(1, 0, 0, 1);
    const late = numbers(1, 1, 1, 1);
    const stays = new KeyedYuma(configuration);
    stays.epoch(keys(1, 2), keys(10, 20), STAKES, early);
    const apart = stays.epoch(keys(1, 2), keys(10, 20), STAKES, late).dividends.slice();
    const moves = new KeyedYuma(configuration);
    moves.epoch(keys(1, 2), keys(10, 20), STAKES, early);
    const moved = moves.epoch(keys(2, 1), keys(20, 10), STAKES.toReversed(), late).dividends;
    expect([moved[1], moved[0]]).toEqual([...apart]);
    // Who leaves and comes again has no bonds: it earns by stake and weight, as in a first epoch.
    const leaves = new KeyedYuma(configuration);
    leaves.epoch(keys(1, 2), keys(10, 20), STAKES, early);
    leaves.epoch(keys(), keys(), numbers(), numbers());
    const again = leaves.epoch(keys(1, 2), keys(10, 20), STAKES, late).dividends.slice();
    const first = new KeyedYuma(configuration).epoch(keys(1, 2), keys(10, 20), STAKES, late).dividends;
    expect(again).toEqual(first);
    expect(again).not.toEqual(apart);
  });

  it("gives the chain rows whose largest weight is 65535, and tells 0 from what is not set", () => {
    const keyed = new KeyedYuma({ from: "chain_yuma", ...CHAIN });
    const chain = new ChainYuma(CHAIN, 2, 2);
    const sets = [
      [numbers(0.5, 0.25, 4, NOT_SET), [65_535, 32_767, 65_535, -1]],
      [numbers(NOT_SET, 1, 0, 7), [-1, 65_535, 0, 65_535]],
      [numbers(0, 0, NOT_SET, NOT_SET), [0, 0, -1, -1]],
    ] as const;
    for (const [set, u16] of sets) {
      const { incentive, dividends } = keyed.epoch(keys(1, 2), keys(10, 20), STAKES, set);
      chain.epoch(STAKES, u16);
      expect([...incentive]).toEqual([...chain.incentive].map((one) => one / ONE));
      expect([...dividends]).toEqual([...chain.dividends].map((one) => one / ONE));
    }
    expect([...chain.incentive]).toEqual([0, 0]);
  });
});

describe("validators of a closed loop that agree by Yuma", () => {
  it("have an empty row where they hand in nothing, and their stake counts", () => {
    const agreement = new YumaAgreement({ from: "yuma", ...PLAIN_YUMA }, [5_000_000_000, 5_000_000_001]);
    const [consensus, weights] = [new Float64Array(2), new Float64Array(2)];
    const rows = [numbers(0.75, 0.25), numbers(0.5, 0.5)];
    agreement.agree(rows, [true, true], consensus, weights, keys(10, 20));
    const plain = new Yuma(PLAIN_YUMA, 2, 2);
    plain.epoch([5_000_000_000, 5_000_000_001], [0.75, 0.25, 0.5, 0.5]);
    expect(weights).toEqual(plain.incentive);
    expect(agreement.dividends).toEqual(plain.dividends);
    // The smaller half alone is not kappa.
    agreement.agree(rows, [true, false], consensus, weights, keys(10, 20));
    expect([...consensus, ...weights]).toEqual([0, 0, 0, 0]);
  });
});
