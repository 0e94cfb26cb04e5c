import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConsensusRules, columnMedians, DEFAULT_CONSENSUS, deviationOf, reachConsensus } from "../../../engine/consensus/index.js";

const TAO = 1_000_000_000;
const RULES = DEFAULT_CONSENSUS.consensus;
const ANY: ConsensusRules = { ...RULES, minimumStakeRao: 1 };

function consensus(weights: readonly (readonly number[] | null)[], stakes: readonly number[], rules: ConsensusRules = RULES) {
  return reachConsensus(
    weights.map((row) => (row === null ? null : Float64Array.from(row))),
    stakes,
    2,
    rules,
    0.05,
  );
}

const found = (result: ReturnType<typeof consensus>) => (result.weights === null ? null : [...result.weights]);

describe("medians by column", () => {
  const medians = (votes: number[][], stakes: number[], rules: Pick<ConsensusRules, "method" | "medianOfEven">) => [
    ...columnMedians(
      votes.map((vote) => Float64Array.from(vote)),
      stakes,
      votes[0].length,
      rules,
    ),
  ];

  it("of one vote each", () => {
    const votes = [
      [4, 1],
      [1, 9],
      [3, 2],
      [2, 3],
    ];
    expect(medians(votes, [1, 1, 1, 1], { method: "median", medianOfEven: "mean" })).toEqual([2.5, 2.5]);
    expect(medians(votes, [1, 1, 1, 1], { method: "median", medianOfEven: "lower" })).toEqual([2, 2]);
    expect(medians(votes.slice(1), [1, 1, 1], { method: "median", medianOfEven: "mean" })).toEqual([2, 3]);
  });

  it("by stake: half is not passed, a rao more is", () => {
    const rules = { method: "stake_median", medianOfEven: "mean" } as const;
    expect(medians([[1], [2]], [500, 500], rules)).toEqual([2]);
    expect(medians([[1], [2]], [501, 500], rules)).toEqual([1]);
    const most = Number.MAX_SAFE_INTEGER;
    // Sums far above 2^53 still tell one rao.
    expect(medians([[1], [2], [3], [4]], [most, most, most, most], rules)).toEqual([3]);
    expect(medians([[1], [2], [3], [4]], [most, most, most - 1, most], rules)).toEqual([2]);
  });

  it("by stake is the naive rule in big integers", () => {
    const vote = fc.tuple(
      fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: 0, max: 1, noNaN: true })),
      fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
    );
    fc.assert(
      fc.property(fc.array(vote, { minLength: 1, maxLength: 40 }), (votes) => {
        const total = votes.reduce((sum, [, stake]) => sum + BigInt(stake), 0n);
        const upTo = (weight: number) => votes.reduce((sum, [w, stake]) => (w <= weight ? sum + BigInt(stake) : sum), 0n);
        const expected = Math.min(...votes.map(([weight]) => weight).filter((weight) => 2n * upTo(weight) > total));
        const answer = medians(
          votes.map(([weight]) => [weight]),
          votes.map(([, stake]) => stake),
          { method: "stake_median", medianOfEven: "mean" },
        );
        expect(answer).toEqual([expected]);
      }),
    );
  });

  it("by stake cannot be moved past the honest by less than half of it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0.4, max: 0.6, noNaN: true }), fc.integer({ min: 1, max: 1000 })), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 12 }),
        (honest, hostile) => {
          const honestStake = honest.reduce((sum, [, stake]) => sum + stake, 0);
          const stakes = [...honest.map(([, stake]) => stake), ...hostile.map(() => Math.ceil(honestStake / (hostile.length + 1)) - 1)];
          fc.pre(stakes.every((stake) => stake > 0));
          const votes = [...honest.map(([weight]) => [weight]), ...hostile.map((weight) => [weight])];
          const [median] = medians(votes, stakes, { method: "stake_median", medianOfEven: "mean" });
          expect(median).toBeGreaterThanOrEqual(Math.min(...honest.map(([weight]) => weight)));
          expect(median).toBeLessThanOrEqual(Math.max(...honest.map(([weight]) => weight)));
        },
      ),
    );
  });
});

describe("a consensus", () => {
  const enough = 1_000 * TAO;

  it("counts who has the minimum stake, to the rao", () => {
    const votes = [
      [1, 0],
      [1, 0],
      [1, 0],
      [0, 1],
    ];
    expect(found(consensus(votes, [enough, enough, enough, 9 * enough]))).toEqual([0, 1]);
    expect(found(consensus(votes, [enough, enough, enough, enough - 1]))).toEqual([1, 0]);
    expect(consensus(votes, [enough, enough, enough - 1, 0])).toMatchObject({
      weights: null,
      cause: "too_few_submissions",
      submissions: 2,
    });
  });

  it("needs 0.67 of the stake that may vote", () => {
    const votes = [[1, 0], [1, 0], [1, 0], null];
    expect(consensus(votes, [enough, enough, enough, enough]).submittingShare).toBe(0.75);
    const absent = consensus(votes, [enough, enough, enough, 2 * enough]);
    expect(absent).toMatchObject({ weights: null, cause: "too_little_agreement", submittingShare: 0.6 });
    // Who may not vote (stake 0) is not missed.
    expect(found(consensus(votes, [enough, enough, enough, 0]))).toEqual([1, 0]);
  });

  it("can need 0.67 of the submitting stake to agree", () => {
    const rules: ConsensusRules = { ...RULES, agreementOf: "agreeing_stake" };
    const votes = [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.5, 0.5],
      [0.7, 0.3],
    ];
    expect(consensus(votes, [enough, enough, enough, enough], rules)).toMatchObject({ cause: null, agreeingShare: 0.75 });
    expect(consensus(votes, [enough, enough, enough, 2 * enough], rules)).toMatchObject({
      weights: null,
      cause: "too_little_agreement",
      agreeingShare: 0.6,
    });
  });

  it("is none where nobody has any weight, or all disagree on who has", () => {
    expect(
      consensus(
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        [enough, enough, enough],
      ),
    ).toMatchObject({ weights: null, cause: "no_weights" });
    const rules: ConsensusRules = { ...RULES, method: "median" };
    const votes = [
      [1, 0],
      [0, 1],
      [0, 0],
    ];
    expect(consensus(votes, [enough, enough, enough], rules)).toMatchObject({ weights: null, cause: "no_weights" });
  });

  it("of nobody is none", () => {
    expect(consensus([], [])).toMatchObject({ weights: null, cause: "too_few_submissions", submittingShare: 0 });
    expect(consensus([null, null], [enough, enough], { ...ANY, minimumSubmissions: 1 })).toMatchObject({ cause: "too_few_submissions" });
  });
});

describe("a deviation", () => {
  it("is the distance over both sums", () => {
    expect(deviationOf([0.7, 0.3], [0.5, 0.5])).toBeCloseTo(0.2, 15);
    expect(deviationOf([1, 0], [0, 1])).toBe(1);
    expect(deviationOf([0, 0], [0.5, 0.5])).toBe(1);
    expect(deviationOf([0, 0], [0, 0])).toBe(0);
  });

  it("is 0 of itself, the same both ways, 0..1 and always a number", () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e100, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(weight, weight), { minLength: 1, maxLength: 20 }), (pairs) => {
        const [one, other] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const deviation = deviationOf(one, other);
        expect(deviation).toBeGreaterThanOrEqual(0);
        expect(deviation).toBeLessThanOrEqual(1);
        expect(deviationOf(other, one)).toBe(deviation);
        expect(deviationOf(one, one)).toBe(0);
      }),
    );
  });
});
