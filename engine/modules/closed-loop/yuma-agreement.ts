import type { Agreement } from "../../consensus/agreement.js";
import { KeyedYuma, type YumaOutcome } from "../../yuma/keyed-yuma.js";
import type { WeightsConfiguration } from "../../yuma/weights-configuration.js";

/** Validators of a closed loop agree by Yuma (docs/explanation/yuma.md); the stake of who rates nobody counts all the same. */
export class YumaAgreement implements Agreement {
  readonly #yuma: KeyedYuma;
  readonly #validators: Int32Array;
  readonly #stakes: Float64Array;
  #set = new Float64Array(0);
  #dividends: Float64Array;

  /**
   * @param stakesRao by validator
   * @param record told of each epoch: of which hotkeys, and what it came to
   */
  constructor(
    configuration: WeightsConfiguration,
    stakesRao: readonly number[],
    private readonly record: (hotkeys: Int32Array, stakesRao: Float64Array, yuma: KeyedYuma, outcome: YumaOutcome) => void = () =>
      undefined,
  ) {
    this.#yuma = new KeyedYuma(configuration);
    this.#validators = Int32Array.from(stakesRao, (_, validator) => validator);
    this.#stakes = Float64Array.from(stakesRao);
    this.#dividends = new Float64Array(stakesRao.length);
  }

  get dividends(): Float64Array {
    return this.#dividends;
  }

  agree(
    rows: readonly Float64Array[],
    handsIn: readonly boolean[],
    consensus: Float64Array,
    weights: Float64Array,
    hotkeys: Int32Array,
  ): void {
    const seats = hotkeys.length;
    if (this.#set.length !== rows.length * seats) this.#set = new Float64Array(rows.length * seats);
    rows.forEach((row, validator) => {
      const at = validator * seats;
      if (handsIn[validator]) this.#set.set(row, at);
      else this.#set.fill(0, at, at + seats);
    });
    const outcome = this.#yuma.epoch(this.#validators, hotkeys, this.#stakes, this.#set);
    consensus.set(outcome.consensus);
    weights.set(outcome.incentive);
    this.#dividends = outcome.dividends;
    this.record(hotkeys, this.#stakes, this.#yuma, outcome);
  }
}
