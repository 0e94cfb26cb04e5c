import type { EpochTerms } from "../terms/epoch-terms.js";

/** The same epoch of a subnet in two runs; null: one of them has none. */
export interface PairedEpoch {
  readonly before: EpochTerms | null;
  readonly after: EpochTerms | null;
}

/** Goes through the epochs of two runs side by side, in the order in which they closed. */
export async function* pairedEpochs(before: AsyncIterable<EpochTerms>, after: AsyncIterable<EpochTerms>): AsyncGenerator<PairedEpoch> {
  const [a, b] = [before[Symbol.asyncIterator](), after[Symbol.asyncIterator]()];
  const next = async (from: AsyncIterator<EpochTerms>) => {
    const { done, value } = await from.next();
    return done === true ? null : value;
  };
  try {
    let [one, other] = [await next(a), await next(b)];
    while (one !== null || other !== null) {
      if (one !== null && other !== null && one.netuid === other.netuid && one.epoch === other.epoch) {
        yield { before: one, after: other };
        [one, other] = [await next(a), await next(b)];
      } else if (other === null || (one !== null && comesFirst(one, other))) {
        yield { before: one, after: null };
        one = await next(a);
      } else {
        yield { before: null, after: other };
        other = await next(b);
      }
    }
  } finally {
    await Promise.all([a.return?.(), b.return?.()]);
  }
}

function comesFirst(one: EpochTerms, other: EpochTerms): boolean {
  return one.endMs === other.endMs ? one.netuid < other.netuid : one.endMs < other.endMs;
}
