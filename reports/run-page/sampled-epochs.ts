import { ordinal } from "../format/numbers.js";
import { MOST_POINTS } from "../html/long-series.js";
import type { EpochRow } from "../reading/epochs.js";

/** Which epochs of a subnet are samples, by their numbers. */
export interface Sampling {
  /** `record.every_epochs`: tables have rows of the epochs whose number it divides, and of the last one. */
  readonly every_epochs: number;
  /** Every how many of those that were recorded. */
  readonly step: number;
  readonly last_epoch: number;
}

/** The epochs of a subnet at which a page looks: of those that were recorded, evenly spread, the last one among them. */
export interface SampledEpochs extends Sampling {
  readonly rows: readonly EpochRow[];
  /** By number of the epoch: place in `rows` of the sample that closes the span it lies in. */
  readonly placeOf: (epoch: number) => number;
  /** Whether the epoch is itself a sample. */
  readonly isSample: (epoch: number) => boolean;
}

/**
 * Samples at most so many epochs, of those of which rows are due: one that was not recorded is no hole in a course. State is read at a
 * sample; what was paid is summed over the recorded epochs since the one before, so that nothing is left out.
 * @param most at least 2
 */
export function sampleEpochs(all: readonly EpochRow[], most = MOST_POINTS, everyEpochs = 1): SampledEpochs {
  const due = all.filter(({ epoch }) => epoch % everyEpochs === 0);
  const beside = all.slice(-1).filter((last) => last !== due.at(-1));
  const step = Math.max(1, Math.ceil(due.length / (most - beside.length)));
  const rows = [...due.filter((_, at) => (due.length - 1 - at) % step === 0), ...beside];
  const first = all[0]?.epoch ?? 0;
  const places = new Int32Array(all.length === 0 ? 0 : all[all.length - 1].epoch - first + 1).fill(-1);
  let place = 0;
  for (const { epoch } of all) {
    while (rows[place].epoch < epoch) place++;
    places[epoch - first] = place;
  }
  return {
    rows,
    every_epochs: everyEpochs,
    step,
    last_epoch: all.at(-1)?.epoch ?? 0,
    placeOf: (epoch) => places[epoch - first] ?? -1,
    isSample: (epoch) => rows[places[epoch - first] ?? -1]?.epoch === epoch,
  };
}

/** "each epoch", "every 4th epoch", "every 10th epoch (every 5th was recorded, thinned to every 2nd of them)". */
export function samplingWords({ every_epochs: every, step, last_epoch: last }: Sampling): string {
  if (every === 1) return step === 1 ? "each epoch" : `every ${ordinal(step)} epoch`;
  const recorded = `every ${ordinal(every)}${last % every === 0 ? "" : " and the last"}`;
  if (step === 1) return `each epoch that was recorded (${recorded})`;
  return `every ${ordinal(every * step)} epoch (${recorded} was recorded, thinned to every ${ordinal(step)} of them)`;
}

/** A condition that holds for samples, among the epochs that were recorded; null: all of them are. @param epoch a column of numbers of epochs */
export function isSampleSql({ every_epochs: every, step, last_epoch: last }: Sampling, epoch: string): string | null {
  if (step === 1) return null;
  const lastDue = last - (last % every);
  const spread = `(${lastDue} - ${epoch}) % ${every * step} = 0`;
  return lastDue === last ? spread : `(${spread} OR ${epoch} = ${last})`;
}
