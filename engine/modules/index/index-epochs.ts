import { partFloor } from "../../kernel/decimal.js";
import { measureFairness } from "../../rewards/index.js";
import type { EpochSurroundings } from "./epoch-surroundings.js";
import { Judgement } from "./judgement.js";
import { MinerScoring } from "./miner-scoring.js";
import { ScoredShares } from "./scored-shares.js";

/**
 * Epochs of an index subnet, by phase: the pot is shared and booked as emission (`share`), validators are judged (`judge`), and
 * who does not keep all of its pay withdraws (`withdraw`).
 */
export class IndexEpochs {
  readonly source: ScoredShares;
  readonly #scoring: MinerScoring;
  readonly #judgement: Judgement;
  readonly #scoreSoFar: Float64Array;

  constructor(private readonly around: EpochSurroundings) {
    this.#scoring = new MinerScoring(around);
    this.source = new ScoredShares(around, this.#scoring);
    this.#judgement = new Judgement(around, this.source.inConsensus);
    this.#scoreSoFar = new Float64Array(around.participants);
  }

  share(endMs: number): void {
    const { close, stakes } = this.around;
    close.close(stakes.subnet, endMs, this.source);
  }

  /** Validators hand in what they saw of the epoch that was shared, and are judged. */
  judge(endMs: number): void {
    const { stakes, tracker } = this.around;
    const { epoch } = stakes.subnet;
    this.#judgement.close(epoch, endMs, this.source.shared);
    this.#fairness(epoch, endMs);
    tracker.closeEpoch();
  }

  /** Participants who do not keep all they were paid in the epoch that was shared withdraw the rest. */
  withdraw(endMs: number): void {
    const { stakes, totals, participants, withdrawnShare } = this.around;
    const { paidRao } = this.source.shared;
    for (let miner = 0; miner < participants; miner++) {
      const share = withdrawnShare[miner];
      if (share === 0 || paidRao[miner] === 0) continue;
      totals.withdrawnRao.add(stakes.withdraw(miner, endMs, partFloor(paidRao[miner], share)));
    }
  }

  /** How evenly all pay of participants so far is spread. */
  fairnessSoFar() {
    return measureFairness(this.source.paidSoFar.slice(0, this.around.participants), this.#scoreSoFar);
  }

  #fairness(epoch: number, endMs: number): void {
    const { records, world, participants, totals } = this.around;
    const { score } = this.#scoring.scores;
    for (let miner = 0; miner < participants; miner++) this.#scoreSoFar[miner] += score[miner];
    if (world.outputs.tables.fairness === null) return;
    const ofEpoch = measureFairness(this.source.shared.paidRao, score);
    records.fairness(epoch, endMs, "epoch", ofEpoch, String(ofEpoch.totalRao));
    records.fairness(epoch, endMs, "so_far", this.fairnessSoFar(), totals.minersRao.toString());
  }
}
