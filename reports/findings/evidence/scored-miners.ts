import { numberColumn, type TableSource } from "../../reading/columns.js";

/** What participants of an index subnet did and were scored, summed over all recorded epochs; by participant. */
export interface ScoredMiner {
  readonly participant: number;
  /** Minted and redeemed, TAO. */
  readonly volumeTao: number;
  /** Sum of the scores. */
  readonly score: number;
}

/** Epochs in which several participants traded different amounts and were scored alike. */
export interface ScoresOfEpoch {
  readonly epoch: number;
  /** Who traded. */
  readonly active: number;
  /** (largest - smallest) / largest of their scores; NaN where all are 0. */
  readonly scoreRange: number;
  readonly volumeRange: number;
}

export interface ScoreEvidence {
  readonly miners: readonly ScoredMiner[];
  readonly epochs: readonly ScoresOfEpoch[];
}

/** Null where the run did not record its scores. */
export async function readScores(run: TableSource): Promise<ScoreEvidence | null> {
  if (!run.tables.includes("scores")) return null;
  const miners = new Map<number, { volumeTao: number; score: number }>();
  const epochs: ScoresOfEpoch[] = [];
  let own = { epoch: -1, volumes: [] as number[], scores: [] as number[] };
  const close = () => {
    if (own.volumes.length > 0)
      epochs.push({ epoch: own.epoch, active: own.volumes.length, scoreRange: rangeOf(own.scores), volumeRange: rangeOf(own.volumes) });
  };
  for await (const batch of run.readTable("scores")) {
    const names = ["epoch", "participant", "minted_rao", "redeemed_rao", "score"];
    const [epoch, participant, minted, redeemed, score] = names.map((name) => numberColumn(batch, name));
    for (let row = 0; row < batch.rows; row++) {
      if (epoch[row] !== own.epoch) {
        close();
        own = { epoch: epoch[row], volumes: [], scores: [] };
      }
      const volumeTao = (minted[row] + redeemed[row]) / 1e9;
      const sum = miners.get(participant[row]) ?? { volumeTao: 0, score: 0 };
      miners.set(participant[row], sum);
      sum.volumeTao += volumeTao;
      sum.score += score[row];
      if (volumeTao === 0) continue;
      own.volumes.push(volumeTao);
      own.scores.push(score[row]);
    }
  }
  close();
  return { miners: [...miners].map(([id, sums]) => ({ participant: id, ...sums })), epochs };
}

function rangeOf(values: readonly number[]): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > 0 ? (high - low) / high : Number.NaN;
}
