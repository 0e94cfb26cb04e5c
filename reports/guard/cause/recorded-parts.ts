import type { EpochTerms } from "../terms/epoch-terms.js";

/**
 * Where base weights are what was recorded to be paid, a pot that is another one makes all of them others. They say the same of a miner where they
 * are the same part of their sum but for rounding: a rao of what each was paid, and as much a miner of the sum.
 */
export class RecordedParts {
  readonly #sums: readonly [number, number] | null;
  readonly #miners: number;

  constructor(before: EpochTerms, after: EpochTerms) {
    // Terms that were kept do not tell; today's code weighs as it does.
    const isOfBoth = after.weighsRecorded === true && before.weighsRecorded !== false;
    const [was, is] = [before, after].map(sumOfWeights);
    this.#sums = isOfBoth && was > 0 && is > 0 && was !== is ? [was, is] : null;
    this.#miners = Math.max(before.who.length, after.who.length);
  }

  /** @param wasRao a base weight, and @param isRao that of the same miner now */
  isSamePart(wasRao: number, isRao: number): boolean {
    if (this.#sums === null) return false;
    const [wasSum, isSum] = this.#sums;
    const [was, is] = [wasRao / wasSum, isRao / isSum];
    return Math.abs(is - was) <= (1 + Math.max(was, is) * this.#miners) * (1 / wasSum + 1 / isSum);
  }
}

function sumOfWeights({ columns }: EpochTerms): number {
  let sum = 0;
  for (const weight of columns.get("base_weight") ?? []) if (weight > 0) sum += weight;
  return sum;
}
