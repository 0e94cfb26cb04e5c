import type { StageFacts } from "../stage-facts.js";

/** Stake and earnings of each hotkey at its last closes, up to a number of epochs back. */
export class StakePast {
  /** By place; see `before`. */
  stakeRao = new Float64Array(0);
  earnedRao = new Float64Array(0);
  /** In which epoch the place was written; 0: never. */
  private epochOf = new Int32Array(0);
  private epoch = 0;
  /** Places of a hotkey: this epoch's, and those before. */
  private readonly places: number;

  constructor(private readonly back: number) {
    this.places = back + 1;
  }

  /** Takes what there is at the end of an epoch. */
  take({ count, key, stakeRao, earnedRao }: StageFacts): void {
    this.epoch += 1;
    const slot = this.epoch % this.places;
    for (let i = 0; i < count; i++) {
      if (key[i] < 0) continue;
      const at = key[i] * this.places + slot;
      if (at >= this.epochOf.length) this.widen((key[i] + 1) * this.places);
      this.stakeRao[at] = stakeRao[i];
      this.earnedRao[at] = earnedRao[i];
      this.epochOf[at] = this.epoch;
    }
  }

  /** Place of what a hotkey had so many epochs before the one that was taken last; -1: it was not measured then. */
  before(key: number): number {
    const then = this.epoch - this.back;
    if (then < 1 || key < 0) return -1;
    const at = key * this.places + (then % this.places);
    return this.epochOf[at] === then ? at : -1;
  }

  private widen(places: number): void {
    const stakeRao = new Float64Array(places * 2);
    stakeRao.set(this.stakeRao);
    this.stakeRao = stakeRao;
    const earnedRao = new Float64Array(places * 2);
    earnedRao.set(this.earnedRao);
    this.earnedRao = earnedRao;
    const epochOf = new Int32Array(places * 2);
    epochOf.set(this.epochOf);
    this.epochOf = epochOf;
  }
}
