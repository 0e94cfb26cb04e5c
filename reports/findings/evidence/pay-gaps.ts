import type { ColumnBatch } from "../../../engine/index.js";
import { choiceNames, numberColumn } from "../../reading/columns.js";
import type { RowRange } from "./epoch-rows.js";
import { grown } from "./grown.js";

/** Epochs in which miners were paid nothing who were paid before and after. */
export interface GapsOfEpoch {
  readonly epoch: number;
  /** Miners in a gap. */
  readonly miners: number;
}

/** Miners who were paid nothing from an epoch on to the end, and were there all the time. */
export interface GapsToTheEnd {
  /** The first epoch without pay. */
  readonly epoch: number;
  readonly miners: number;
}

/** Follows who is paid as a miner on one subnet, epoch by epoch. */
export class PayGaps {
  readonly #epochs: number[] = [];
  /** By place of the epoch: gaps that begin there, less those that end there. */
  readonly #steps: number[] = [];
  /** By position: place of the epoch it was last paid in, plus 1; 0: never. */
  #lastPaid = new Float64Array(256);
  /** By position: is it recorded with pay since it was last paid? */
  #wasRecorded = new Float64Array(256);
  /** By position: place of the epoch in which it was last there as a miner, paid or not, plus 1. */
  #lastSeen = new Float64Array(256);
  readonly #inGap = new Set<number>();
  #ofRule = 0;
  #gaps = 0;
  /** What miners were paid in the epoch, rao as a double. */
  #paidRao = 0;
  readonly #paidByEpoch = new Map<number, number>();

  begin(epoch: number): void {
    this.#epochs.push(epoch);
    this.#steps.push(0);
    this.#paidRao = 0;
  }

  rows(batch: ColumnBatch, { from, to }: RowRange): void {
    const [ids, role, recorded, paid] = ["position", "role", "recorded_rao", "paid_rao"].map((name) => numberColumn(batch, name));
    const miner = choiceNames(batch, "role").indexOf("miner");
    const place = this.#epochs.length - 1;
    for (let row = from; row < to; row++) {
      if (role[row] !== miner) continue;
      const id = ids[row];
      this.#lastPaid = grown(this.#lastPaid, id);
      this.#wasRecorded = grown(this.#wasRecorded, id);
      this.#lastSeen = grown(this.#lastSeen, id);
      this.#lastSeen[id] = place + 1;
      if (paid[row] === 0) {
        if (recorded[row] > 0) this.#wasRecorded[id] = 1;
        continue;
      }
      this.#paidRao += paid[row];
      const last = this.#lastPaid[id] - 1;
      if (last >= 0 && place - last > 1) this.#close(id, last + 1, place);
      this.#lastPaid[id] = place + 1;
      this.#wasRecorded[id] = 0;
    }
  }

  /** An epoch that paid no miner at all is none of which a miner could miss its part. */
  end(): void {
    this.#paidByEpoch.set(this.#epochs[this.#epochs.length - 1], this.#paidRao);
    if (this.#paidRao > 0) return;
    this.#epochs.pop();
    this.#steps.pop();
  }

  #close(id: number, from: number, to: number): void {
    this.#steps[from] += 1;
    this.#steps[to] -= 1;
    this.#inGap.add(id);
    this.#gaps += 1;
    this.#ofRule += this.#wasRecorded[id];
  }

  /** Epoch by epoch, gaps that were closed. */
  get byEpoch(): readonly GapsOfEpoch[] {
    let miners = 0;
    return this.#epochs.map((epoch, place) => {
      miners += this.#steps[place];
      return { epoch, miners };
    });
  }

  /**
   * Gaps that nothing closes, by the epoch in which they begin, in the order of epochs: each miner may have stopped for good, but not many in one epoch
   * while they stay.
   */
  get toTheEnd(): readonly GapsToTheEnd[] {
    const byPlace = new Map<number, number>();
    for (const id of this.#stopped()) byPlace.set(this.#lastPaid[id], (byPlace.get(this.#lastPaid[id]) ?? 0) + 1);
    return [...byPlace].sort(([a], [b]) => a - b).map(([place, miners]) => ({ epoch: this.#epochs[place], miners }));
  }

  /** What miners were paid in an epoch, rao; undefined where the epoch was not recorded. */
  paidRao(epoch: number): number | undefined {
    return this.#paidByEpoch.get(epoch);
  }

  /** Positions that ever were in a gap. */
  get miners(): number {
    return this.#inGap.size;
  }

  /** Part of the gaps, closed or not, in which the recording had pay for the miner, and the rules gave none, 0..1. */
  get ofRule(): number {
    let [gaps, ofRule] = [this.#gaps, this.#ofRule];
    for (const id of this.#stopped()) {
      gaps += 1;
      ofRule += this.#wasRecorded[id];
    }
    return gaps === 0 ? 0 : ofRule / gaps;
  }

  /** Who was paid, is there to the end, and is paid no more. */
  *#stopped(): Generator<number> {
    const last = this.#epochs.length;
    for (let id = 0; id < this.#lastPaid.length; id++) {
      const place = this.#lastPaid[id];
      if (place > 0 && place < last && this.#lastSeen[id] >= last) yield id;
    }
  }
}
