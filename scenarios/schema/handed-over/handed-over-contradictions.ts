import { type Contradiction, contradiction } from "../contradiction.js";
import { mayHold } from "../may-hold.js";
import type { StreamInput } from "../streams.js";
import type { HandedOverInput } from "./handed-over.js";

/** Subnets on which everybody is simulated: from one netuid to another. */
export interface SimulatedNetuids {
  readonly first: number;
  readonly last: number;
}

/**
 * What handed-over positions need and the rest of the scenario does not give; streams that are not well formed may give all.
 * @param named netuids that the scenario names; null: it is not known
 */
export function* handedOverContradictions(
  handed: HandedOverInput | null | undefined,
  named: readonly number[] | null,
  streams: readonly (StreamInput | undefined)[],
  simulated: readonly SimulatedNetuids[],
): Iterable<Contradiction> {
  for (const [i, { netuid: stated }] of (handed ?? []).entries()) {
    const netuid = stated ?? (named?.length === 1 ? named[0] : undefined);
    if (netuid === undefined) {
      if (named !== null) {
        yield contradiction(["handed_over", i, "netuid"], "It is not clear on which subnet the position is.", {
          allowed: "a netuid here, or exactly one named under subnet or subnets",
          hint: "Add netuid to the position.",
        });
      }
      continue;
    }
    if (simulated.some(({ first, last }) => netuid >= first && netuid <= last)) {
      yield contradiction(
        ["handed_over", i, "netuid"],
        "Everybody on the subnet is simulated: there is no recorded position to hand over.",
        {
          found: netuid,
          allowed: "a subnet that streams tell of",
        },
      );
      continue;
    }
    if (!streams.some((stream) => mayHold(stream, "price", netuid))) {
      yield contradiction(["handed_over", i], `No stream holds prices of subnet ${netuid}, at which alpha could be sold and valued.`, {
        found: "no prices",
        allowed: "a recording with prices of the subnet, or a stream `synthetic: prices` that reaches its netuid",
      });
    }
    if (!streams.some((stream) => mayTellOf(stream, netuid, named))) {
      yield contradiction(["handed_over", i], `No stream tells of positions on subnet ${netuid}.`, {
        found: netuid,
        allowed: "a subnet of a recording, or of a stream `synthetic: subnet`",
      });
    }
  }
}

/** May a stream tell of positions on a subnet? */
function mayTellOf(stream: StreamInput | undefined, netuid: number, named: readonly number[] | null): boolean {
  if (stream === undefined) return true;
  if ("synthetic" in stream) return stream.synthetic === "subnet" && (stream.netuid ?? named?.[0] ?? netuid) === netuid;
  return mayHold(stream, "emission") || mayHold(stream, "stake") || mayHold(stream, "balances") || mayHold(stream, "metagraph");
}
