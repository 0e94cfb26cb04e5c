import { createHash } from "node:crypto";
import { type ColumnBatch, columnsByName, RESULT_TABLES } from "../../../engine/index.js";
import { Fingerprints } from "./fingerprints.js";
import type { StageNumbers } from "./stage-numbers.js";

const { weights: WEIGHTS, stage_weights: STAGE_WEIGHTS, scores: SCORES, payouts: PAYOUTS, slashes: SLASHES } = RESULT_TABLES;
/** Hexadecimal digits of a fingerprint that are kept. */
const DIGITS = 16;

interface Sum {
  multiplier: number;
  weight: number;
  epochs: number;
}

/** What of a position's terms is kept: two means, and the fingerprint of all. */
export interface PrintedTerms {
  /** Did it share a pot, whatever it got? */
  readonly shares: boolean;
  readonly multiplier: number | null;
  readonly weight: number | null;
  readonly terms: string | null;
}

/** Sums up what pay was made of, position by position, from the tables of weights, stages and scores. */
export class TermPrints {
  readonly #sums = new Map<number, Sum>();
  readonly #weights = new Fingerprints();
  readonly #stages = new Fingerprints();
  /** By participant of an index subnet. */
  readonly #scores = new Fingerprints();
  readonly #payouts = new Fingerprints();
  readonly #slashes = new Fingerprints();

  /** @param numbers of the stages beside another list; null: their own */
  constructor(private readonly numbers: StageNumbers | null = null) {}

  takeWeights(batch: ColumnBatch): void {
    const { epoch, position, baseWeight, multiplier, finalWeight } = columnsByName(WEIGHTS, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      const own = position[row];
      this.#weights.put(own, epoch[row], baseWeight[row], multiplier[row], finalWeight[row]);
      const sum = this.#sums.get(own) ?? { multiplier: 0, weight: 0, epochs: 0 };
      sum.multiplier += multiplier[row];
      sum.weight += finalWeight[row];
      sum.epochs += 1;
      this.#sums.set(own, sum);
    }
  }

  takeStages(batch: ColumnBatch): void {
    const { epoch, stage, position, shareBefore, factor, shareAfter } = columnsByName(STAGE_WEIGHTS, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      const beside = this.numbers?.get(stage[row]);
      if (beside?.isAlone === true && factor[row] === 1 && shareBefore[row] === shareAfter[row]) continue;
      this.#stages.put(position[row], epoch[row], beside?.place ?? stage[row], shareBefore[row], factor[row], shareAfter[row]);
    }
  }

  takeScores(batch: ColumnBatch): void {
    const { epoch, participant, mintedRao, redeemedRao, volume, frequency, consistency, standing, score, rank } = columnsByName(
      SCORES,
      batch.columns,
    );
    for (let row = 0; row < batch.rows; row++) {
      const own = participant[row];
      this.#scores.put(own, epoch[row], mintedRao[row], redeemedRao[row], volume[row], frequency[row]);
      this.#scores.put(own, consistency[row], standing[row], score[row], rank[row]);
    }
  }

  takePayouts(batch: ColumnBatch): void {
    const { epoch, participant, baseRao, tierBonusRao, validatorRao, multiplier, weight } = columnsByName(PAYOUTS, batch.columns);
    for (let row = 0; row < batch.rows; row++) {
      if (participant[row] < 0) continue;
      this.#payouts.put(participant[row], epoch[row], baseRao[row], tierBonusRao[row], validatorRao[row], multiplier[row], weight[row]);
    }
  }

  takeSlashes(batch: ColumnBatch): void {
    const { epoch, validator, rate, amountRao, takenRao } = columnsByName(SLASHES, batch.columns);
    for (let row = 0; row < batch.rows; row++) this.#slashes.put(validator[row], epoch[row], rate[row], amountRao[row], takenRao[row]);
  }

  /** Asked once a position, at the end. */
  of(position: number, participant: number | undefined): PrintedTerms {
    const sum = this.#sums.get(position);
    const ofPay = [
      this.#weights.of(position),
      this.#stages.of(position),
      ...(participant === undefined ? [] : [this.#scores.of(participant), this.#payouts.of(participant), this.#slashes.of(participant)]),
    ];
    const hash = createHash("sha256");
    for (const print of ofPay) hash.update(print ?? "none");
    // A multiplier that would apply with vesting on moves nothing, so it is no part of the comparison.
    const means =
      sum === undefined ? { multiplier: null, weight: null } : { multiplier: sum.multiplier / sum.epochs, weight: sum.weight / sum.epochs };
    return {
      shares: ofPay.some((print) => print !== undefined),
      ...means,
      terms: ofPay.every((print) => print === undefined) ? null : hash.digest("hex").slice(0, DIGITS),
    };
  }
}
