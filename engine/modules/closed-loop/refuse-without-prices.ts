import type { StreamDescription } from "../../configuration/stream-description.js";
import { TenureError } from "../../kernel/errors.js";

/**
 * Refuses streams of which none tells any price, where alpha trades at the prices that streams tell. Whether they tell prices of the subnet is
 * known when they were read.
 * @param path of what trades, dotted
 * @throws TenureError TEN-LOOP-129
 */
export function refuseWithoutPrices(streams: readonly StreamDescription[], netuid: number, path: string): void {
  if (streams.some(({ kind }) => kind === "price")) return;
  const kinds = [...new Set(streams.map(({ kind }) => kind))];
  throw new TenureError({
    code: "TEN-LOOP-129",
    what: `No stream holds prices, and nobody could sell or value alpha of subnet ${netuid}.`,
    place: { path },
    found: kinds.length === 0 ? "no streams" : `streams of ${kinds.join(", ")}`,
    allowed: `a stream of the kind price with prices of subnet ${netuid}`,
    hint: "Add a recording with prices to streams, `kinds: [price]`, or a stream `synthetic: prices` that reaches the netuid.",
  });
}
