import { compareWithDecimal, Fraction } from "../kernel/decimal.js";
import { isAbove } from "../rules/slashing/is-above.js";
import type { NoConsensusCause } from "../tables/vocabularies/consensus.js";
import { columnMedians } from "./column-medians.js";
import type { ConsensusRules } from "./configuration.js";
import { deviationOf, exactDeviationOf } from "./deviation.js";

interface ConsensusFigures {
  /** Submissions counted. */
  readonly submissions: number;
  /** Stake of those who submitted / stake of all who may vote; 0 where nobody may. */
  readonly submittingShare: number;
  /** Stake of those who agree with the medians / stake of those who submitted; 0 where there are no medians. */
  readonly agreeingShare: number;
}

export type ConsensusResult = ConsensusFigures &
  (
    | { readonly weights: Float64Array; readonly cause: null }
    /** No consensus; `cause` says why. */
    | { readonly weights: null; readonly cause: NoConsensusCause }
  );

/**
 * The weights that validators agree on (docs/explanation/consensus.md), not normalised, or null with the cause.
 *
 * @param submissions by validator, null for none or an invalid one; finite weights of 0 or more, one a miner
 * @param stakesRao by validator, whole rao; 0 for who may not vote (suspended)
 * @param miners how many
 * @param agreesUpTo the largest deviation of a validator who agrees (`severity.minorAbove`)
 */
export function reachConsensus(
  submissions: readonly (Float64Array | null)[],
  stakesRao: readonly number[],
  miners: number,
  rules: ConsensusRules,
  agreesUpTo: number,
): ConsensusResult {
  const votes: Float64Array[] = [];
  const voteStakesRao: number[] = [];
  let votersRao = 0n;
  let submittingRao = 0n;
  for (let validator = 0; validator < submissions.length; validator++) {
    const stakeRao = stakesRao[validator];
    if (stakeRao < rules.minimumStakeRao || stakeRao === 0) continue;
    votersRao += BigInt(stakeRao);
    const vote = submissions[validator];
    if (vote === null) continue;
    submittingRao += BigInt(stakeRao);
    votes.push(vote);
    voteStakesRao.push(stakeRao);
  }
  const figures = { submissions: votes.length, submittingShare: votersRao > 0n ? Number(submittingRao) / Number(votersRao) : 0 };
  if (votes.length === 0 || votes.length < rules.minimumSubmissions) {
    return { ...figures, agreeingShare: 0, weights: null, cause: "too_few_submissions" };
  }
  const weights = columnMedians(votes, voteStakesRao, miners, rules);
  if (!weights.some((weight) => weight > 0)) return { ...figures, agreeingShare: 0, weights: null, cause: "no_weights" };
  const agreeingRao = stakeOfAgreeing(votes, voteStakesRao, weights, agreesUpTo);
  const agreeingShare = Number(agreeingRao) / Number(submittingRao);
  const [partRao, wholeRao] = rules.agreementOf === "submitting_stake" ? [submittingRao, votersRao] : [agreeingRao, submittingRao];
  if (!reaches(partRao, wholeRao, rules.agreement)) return { ...figures, agreeingShare, weights: null, cause: "too_little_agreement" };
  return { ...figures, agreeingShare, weights, cause: null };
}

/** Stake, rao, of the votes that are at most `agreesUpTo` off the medians. */
function stakeOfAgreeing(votes: readonly Float64Array[], stakesRao: readonly number[], medians: Float64Array, agreesUpTo: number): bigint {
  let agreeingRao = 0n;
  votes.forEach((vote, i) => {
    if (!isAbove(deviationOf(vote, medians), agreesUpTo, () => exactDeviationOf(vote, medians))) agreeingRao += BigInt(stakesRao[i]);
  });
  return agreeingRao;
}

/** Is a part of a stake a share of it that was written as a decimal, or more? Exact: 67 of 100 reach 0.67. */
function reaches(partRao: bigint, wholeRao: bigint, share: number): boolean {
  const exact = (): Fraction => Fraction.whole(partRao).over(Fraction.whole(wholeRao));
  return compareWithDecimal(Number(partRao) / Number(wholeRao), 1e-12, share, exact) >= 0;
}
