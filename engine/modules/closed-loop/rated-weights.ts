import { onSeats, type SeatValues } from "../../agents/validators/rating/on-seats.js";
import type { Agreement } from "../../consensus/agreement.js";
import { deviationOf } from "../../consensus/deviation.js";
import { max } from "../../kernel/math.js";
import { normalise } from "../../kernel/normalise.js";
import type { BaseWeights } from "./base-weights.js";
import type { KeyWithSeat } from "./key-ring.js";
import type { SkilledMiner } from "./skilled-miner.js";
import type { Validator } from "./validator.js";

/** What came of one validator's ratings, in sums over the epochs in which it handed some in; dividends over all epochs. */
export interface RatingTotals {
  ratings: number;
  deviation: number;
  clippedShare: number;
  dividends: number;
}

/** Base weights as validators agree on them by their stake, of what each rates, normalised. */
export class RatedWeights implements BaseWeights {
  readonly validators: readonly Validator[];
  /** By validator. */
  readonly totals: readonly RatingTotals[];
  /** Epochs in which nothing that anybody rated had support, and all. */
  readonly epochs = { all: 0, withoutConsensus: 0 };
  /** Have validators bonds, which earn? */
  get hasDividends(): boolean {
    return this.#agreement.dividends !== null;
  }
  readonly #agreement: Agreement;
  readonly #rows: Float64Array[];
  readonly #handsIn: boolean[];
  #seats: readonly KeyWithSeat<SkilledMiner>[] = [];
  #hotkeys = new Int32Array(0);
  #consensus = new Float64Array(0);
  #last: SeatValues | null = null;

  /**
   * @param draw the validators, given the seats that are rated
   * @param agreementOf how validators of so much stake, rao, agree
   */
  constructor(
    draw: (seatAt: (seat: number) => KeyWithSeat<SkilledMiner>) => Validator[],
    agreementOf: (stakesRao: readonly number[]) => Agreement,
  ) {
    this.validators = draw((seat) => this.#seats[seat]);
    this.totals = this.validators.map(() => ({ ratings: 0, deviation: 0, clippedShare: 0, dividends: 0 }));
    this.#agreement = agreementOf(this.validators.map(({ stakeRao }) => stakeRao));
    this.#rows = this.validators.map(() => new Float64Array(0));
    this.#handsIn = this.validators.map(() => false);
  }

  weigh(seats: readonly KeyWithSeat<SkilledMiner>[], weights: Float64Array): void {
    this.#take(seats);
    const rows = this.#rows;
    const handsIn = this.#handsIn;
    const consensus = this.#consensus;
    const hotkeys = this.#hotkeys;
    let lastConsensus: Float64Array | null = null;
    if (this.#last !== null) {
      lastConsensus = new Float64Array(seats.length);
      onSeats(this.#last, hotkeys, lastConsensus);
    }
    const seen = { hotkeys, worth: weights, lastConsensus };
    this.validators.forEach(({ agent }, validator) => {
      const row = rows[validator];
      // Who rates nobody has rated nothing.
      handsIn[validator] = agent.decide(seen, row) && normalise(row, row.length);
    });
    this.#agreement.agree(rows, handsIn, consensus, weights, hotkeys);
    this.#note();
    // Where nothing has enough support there is no consensus, and what it was before stays the last.
    this.epochs.all += 1;
    if (consensus.every((weight) => weight === 0)) this.epochs.withoutConsensus += 1;
    else this.#last = { hotkeys, values: consensus.slice() };
  }

  /** Makes room where the seats are others than before. */
  #take(seats: readonly KeyWithSeat<SkilledMiner>[]): void {
    this.#seats = seats;
    const known = this.#hotkeys;
    if (seats.length === known.length && seats.every(({ key }, seat) => key.hotkey === known[seat])) return;
    this.#hotkeys = Int32Array.from(seats, ({ key }) => key.hotkey);
    this.#consensus = new Float64Array(seats.length);
    for (let validator = 0; validator < this.#rows.length; validator++) this.#rows[validator] = new Float64Array(seats.length);
  }

  #note(): void {
    const consensus = this.#consensus;
    const { dividends } = this.#agreement;
    for (let validator = 0; validator < this.totals.length; validator++) {
      if (dividends !== null) this.totals[validator].dividends += dividends[validator];
      if (!this.#handsIn[validator]) continue;
      const row = this.#rows[validator];
      const totals = this.totals[validator];
      let clipped = 0;
      for (let seat = 0; seat < row.length; seat++) clipped += max(0, row[seat] - consensus[seat]);
      totals.ratings += 1;
      totals.deviation += deviationOf(row, consensus);
      totals.clippedShare += clipped;
    }
  }
}
