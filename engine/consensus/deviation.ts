import { Fraction } from "../kernel/decimal.js";
import { abs, min } from "../kernel/math.js";

/**
 * How far a submission is off the consensus (docs/explanation/consensus.md): sum|w - c| / (sum w + sum c), 0..1; 0 where both are all
 * zero. Sums run in miner order.
 *
 * @param weights finite, 0 or more
 * @param consensus as long as `weights`
 */
export function deviationOf(weights: ArrayLike<number>, consensus: ArrayLike<number>): number {
  let apart = 0;
  let ofWeights = 0;
  let ofConsensus = 0;
  for (let miner = 0; miner < consensus.length; miner++) {
    apart += abs(weights[miner] - consensus[miner]);
    ofWeights += weights[miner];
    ofConsensus += consensus[miner];
  }
  const both = ofWeights + ofConsensus;
  return both > 0 ? min(1, apart / both) : 0;
}

/** As `deviationOf`, exactly, each weight as the decimal that names it. */
export function exactDeviationOf(weights: ArrayLike<number>, consensus: ArrayLike<number>): Fraction {
  let apart = Fraction.whole(0);
  let both = Fraction.whole(0);
  for (let miner = 0; miner < consensus.length; miner++) {
    if (weights[miner] === 0 && consensus[miner] === 0) continue;
    const weight = Fraction.decimal(weights[miner]);
    const agreed = Fraction.decimal(consensus[miner]);
    apart = apart.plus(weight.minus(agreed).abs());
    both = both.plus(weight).plus(agreed);
  }
  return both.numerator === 0n ? both : apart.over(both);
}
