import { formatCount } from "../format/numbers.js";
import { formatSpan } from "../format/time.js";
import type { EpochRow } from "../reading/epochs.js";

/** Epochs of a subnet that follow one another. */
export interface Spell {
  readonly from: number;
  readonly to: number;
}

/** Puts flagged epochs together that are neighbours among all that were looked at. */
export function spellsOf<Looked extends { readonly epoch: number }>(
  looked: readonly Looked[],
  isFlagged: (one: Looked) => boolean,
): readonly Spell[] {
  const spells: { from: number; to: number }[] = [];
  let isOpen = false;
  for (const one of looked) {
    const flagged = isFlagged(one);
    if (flagged && !isOpen) spells.push({ from: one.epoch, to: one.epoch });
    else if (flagged) spells[spells.length - 1].to = one.epoch;
    isOpen = flagged;
  }
  return spells;
}

const SHOWN = 3;

/** `epochs 201 to 400 (2025-01-11 to 2025-01-21); epoch 480 (...); and 4 more`. */
export function spellWords(spells: readonly Spell[], epochs: readonly EpochRow[]): string {
  const byNumber = new Map(epochs.map((row) => [row.epoch, row]));
  const words = spells.slice(0, SHOWN).map(({ from, to }) => {
    const [first, last] = [byNumber.get(from), byNumber.get(to)];
    const when = first === undefined || last === undefined ? "" : ` (${formatSpan(first.start_ms, last.end_ms)})`;
    return `${from === to ? `epoch ${formatCount(from)}` : `epochs ${formatCount(from)} to ${formatCount(to)}`}${when}`;
  });
  return [...words, ...(spells.length > SHOWN ? [`and ${spells.length - SHOWN} more`] : [])].join("; ");
}

/** The middle one of some values, of an even number the mean of the two; 0 for none. NaN are left out. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
