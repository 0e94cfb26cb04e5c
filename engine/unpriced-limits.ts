import type { RowsRead } from "./rows-read.js";

/** Limits in TAO that nobody reached for want of a price: a stream of prices that lacks, or begins too late. */
export function unpricedLimits({ epochs: { unpriced } }: RowsRead): string[] {
  const { limits, count } = unpriced;
  return [...count]
    .sort(([a], [b]) => a.configuration.netuid - b.configuration.netuid)
    .map(
      ([
        {
          configuration: { netuid },
          epoch: all,
          priceTaoPerAlpha: price,
        },
        without,
      ]) => {
        const [is, of] = limits.length === 1 ? ["is", "it"] : ["are", "them"];
        const cause = price > 0 ? "before its first price" : "without any price of it";
        const remedy = price > 0 ? "Begin the prices before the first epoch" : `Add a stream of prices of subnet ${netuid}`;
        return `${without} of ${all} epochs of subnet ${netuid} were measured ${cause}, and ${limits.join(" and ")} ${is} in TAO: nobody reaches ${of} there. ${remedy}, or state the minimum in alpha.`;
      },
    );
}
