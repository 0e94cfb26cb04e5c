import { type Contradiction, contradiction } from "../contradiction.js";
import { mayHold } from "../may-hold.js";
import type { PartialScenarioInput } from "../scenario-schema.js";
import type { StreamInput } from "../streams.js";

/**
 * What handed-over positions need and the rest of the scenario does not give; streams that are not well formed may give all.
 * @param named netuids that the scenario names; null: it is not known
 */
export function* handedOverContradictions(
  { handed_over: handed, closed_loop: loop, index }: PartialScenarioInput,
  named: readonly number[] | null,
  streams: readonly (StreamInput | undefined)[],
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
    const first = loop == null ? undefined : (loop.netuid ?? (named?.length === 1 ? named[0] : undefined));
    const loops = first === undefined ? 0 : (loop?.alternatives?.strategies.length ?? 1);
    const isSimulated = (first !== undefined && netuid >= first && netuid < first + loops) || index?.netuid === netuid;
    if (isSimulated) {
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
