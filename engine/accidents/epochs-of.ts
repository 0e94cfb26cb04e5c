import { instantText } from "../kernel/time.js";

/** Epochs of a subnet in which something is so: how many, of how many, and when. */
export class EpochsOf {
  count = 0;
  all = 0;
  #firstMs = 0;
  #lastMs = 0;

  take(endMs: number, isSo: boolean): void {
    this.all += 1;
    if (isSo) this.note(endMs, endMs, 1);
  }

  /** Epochs that were looked at already and turn out to be so. */
  note(firstMs: number, lastMs: number, epochs: number): void {
    if (this.count === 0) this.#firstMs = firstMs;
    this.#lastMs = lastMs;
    this.count += epochs;
  }

  /** `12 of 480 epochs, between 2025-01-02T00:00:00Z and 2025-01-03T00:00:00Z`. */
  get words(): string {
    const when =
      this.#firstMs === this.#lastMs
        ? `at ${instantText(this.#firstMs)}`
        : `between ${instantText(this.#firstMs)} and ${instantText(this.#lastMs)}`;
    return `${this.count} of ${this.all} epochs, ${when}`;
  }
}
