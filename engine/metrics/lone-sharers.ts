/** Epochs that pay a single miner: no rule moves such pay, nor can it be compared with anybody's. */
export class LoneSharers {
  epochs = 0;
  /** Share of all pots that these are, 0..1. */
  get share(): number {
    return this.#allRao === 0 ? 0 : this.#loneRao / this.#allRao;
  }
  #loneRao = 0;
  #allRao = 0;

  take(potRao: number, miners: number): void {
    this.#allRao += potRao;
    if (miners !== 1) return;
    this.epochs += 1;
    this.#loneRao += potRao;
  }
}
