import type { MinerScores } from "./score-miners.js";

/** Who is on which rank. */
export class Ranking {
  /** How many are ranked. */
  count = 0;
  /** Miner on rank k + 1, for k below `count`. */
  readonly miners: Int32Array;
  /** Rank of a miner from 1, 0 where it is not ranked. */
  readonly rankOf: Int32Array;

  constructor(minerCount: number) {
    this.miners = new Int32Array(minerCount);
    this.rankOf = new Int32Array(minerCount);
  }
}

/**
 * Ranks who is eligible by score, highest first; ties by earlier registration, then by uid, which is the order of miners.
 *
 * @param registeredMs when each miner registered
 */
export function rankMiners(scores: MinerScores, registeredMs: Float64Array, ranking: Ranking): void {
  const { score, eligible } = scores;
  const { miners, rankOf } = ranking;
  let count = 0;
  rankOf.fill(0);
  for (let miner = 0; miner < scores.count; miner++) if (eligible[miner] === 1) miners[count++] = miner;
  miners.subarray(0, count).sort((a, b) => score[b] - score[a] || registeredMs[a] - registeredMs[b] || a - b);
  for (let k = 0; k < count; k++) rankOf[miners[k]] = k + 1;
  ranking.count = count;
}
