import { applyFlags, policyOf } from "../../anti-gaming/index.js";
import { MinerActivity, MinerScores, MinerStanding, Ranking, rankMiners, scoreMiners } from "../../rewards/index.js";
import type { EpochSurroundings } from "./epoch-surroundings.js";

/** Scores and ranks the participants of an index subnet at the end of an epoch, by what they did and were flagged for. */
export class MinerScoring {
  readonly scores: MinerScores;
  readonly activity: MinerActivity;
  readonly standing: MinerStanding;
  readonly ranking: Ranking;
  readonly #registeredMs: Float64Array;
  readonly #minerOf: Int32Array;

  constructor(private readonly around: EpochSurroundings) {
    const { participants, validators } = around;
    this.scores = new MinerScores(participants);
    this.activity = new MinerActivity(participants);
    this.standing = new MinerStanding(participants);
    this.ranking = new Ranking(participants);
    this.#registeredMs = new Float64Array(participants);
    this.#minerOf = Int32Array.from({ length: participants + validators }, (_, member) => (member < participants ? member : -1));
  }

  score(epoch: number, endMs: number): void {
    const { monitor, configuration, records, totals, tracker } = this.around;
    const { antiGaming } = configuration;
    const flags = monitor.closeEpoch(endMs);
    for (const { kind } of flags) totals.flags.add(kind);
    records.flags(epoch, endMs, flags, ({ kind }) => policyOf(kind, antiGaming));
    applyFlags(flags, antiGaming, this.standing, this.#minerOf);
    tracker.read(endMs, this.activity);
    scoreMiners(this.activity, configuration.rewards, this.standing, this.scores);
    rankMiners(this.scores, this.#registeredMs, this.ranking);
  }

  /** What flags leave of a participant's score, 0..1. */
  standingOf(miner: number): number {
    return this.standing.excluded[miner] === 1 ? 0 : this.standing.factor[miner];
  }
}
