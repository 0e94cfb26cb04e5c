import { MOST_POINTS } from "../html/long-series.js";
import type { EpochRow } from "../reading/epochs.js";

/** The epochs of a subnet at which a page looks: evenly spread, the last one among them. */
export interface SampledEpochs {
  readonly rows: readonly EpochRow[];
  /** By number of the epoch, less the first: place in `rows` of the sample that closes the span it lies in. */
  readonly placeOf: (epoch: number) => number;
  /** Whether the epoch is itself a sample. */
  readonly isSample: (epoch: number) => boolean;
  /** Every how many epochs. */
  readonly step: number;
}

/**
 * Samples at most so many epochs. State is read at a sample; what was paid is summed over the epochs since the one before, so that
 * nothing is left out.
 */
export function sampleEpochs(all: readonly EpochRow[], most = MOST_POINTS): SampledEpochs {
  const step = Math.max(1, Math.ceil(all.length / most));
  const rows = all.filter((_, at) => (all.length - 1 - at) % step === 0);
  const first = all[0]?.epoch ?? 0;
  const places = new Int32Array(all.length === 0 ? 0 : all[all.length - 1].epoch - first + 1).fill(-1);
  let place = 0;
  for (const { epoch } of all) {
    while (rows[place].epoch < epoch) place++;
    places[epoch - first] = place;
  }
  return {
    rows,
    step,
    placeOf: (epoch) => places[epoch - first] ?? -1,
    isSample: (epoch) => rows[places[epoch - first] ?? -1]?.epoch === epoch,
  };
}
