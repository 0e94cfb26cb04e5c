import type { StreamKind } from "../../engine/index.js";
import type { StreamInput } from "./streams.js";

/**
 * May a stream hold rows of a kind that scenarios make up as prices, or state, or not at all? One that is not well formed may hold all.
 * @param netuid of the subnet that they are to be of; left out: of any
 */
export function mayHold(stream: StreamInput | undefined, kind: StreamKind, netuid?: number): boolean {
  if (stream === undefined) return true;
  if (!("synthetic" in stream)) return stream.kinds === null || stream.kinds.includes(kind);
  if (stream.synthetic === kind) return true;
  if (kind !== "price" || stream.synthetic !== "prices") return false;
  return netuid === undefined || (netuid >= 1 && netuid <= stream.subnets);
}
