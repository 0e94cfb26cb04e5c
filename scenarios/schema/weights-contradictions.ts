import { nearestName, requireWeights, TenureError } from "../../engine/index.js";
import { type Contradiction, contradiction } from "./contradiction.js";
import { mayHold } from "./may-hold.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import type { StreamInput } from "./streams.js";
import { weightsConfiguration } from "./weights.js";

/** What of `weights` contradicts itself, or the rest of the scenario. */
export function* weightsContradictions(
  { weights, closed_loop: loop }: PartialScenarioInput,
  streams: readonly (StreamInput | undefined)[],
): Iterable<Contradiction> {
  if (weights == null) return;
  if (weights.from === "scores") {
    yield* scoresContradictions(loop != null, streams);
    yield* columnContradictions(weights.column ?? null, streams);
    return;
  }
  yield* boundsContradictions(weights);
  if (loop === undefined) return;
  if ((loop === null || loop.validators === null) && !streams.some((stream) => mayHold(stream, "validator_weights"))) {
    yield contradiction(["weights", "from"], "Nobody sets weights that base weights could be made of.", {
      found: weights.from,
      allowed: "a recording with validator_weights, or closed_loop.validators, who rate the miners of a closed loop",
      hint: "Add validators, make a recording of what they set (tenure import table --kind validator_weights), or leave weights out.",
    });
  } else if (loop !== null && loop.consensus !== null) {
    yield contradiction(
      ["closed_loop", "consensus"],
      "How validators agree is stated twice, under weights and under closed_loop.consensus.",
      {
        found: "consensus",
        allowed: "left out beside weights, which has a kappa of its own",
        hint: "Move kappa to weights.",
      },
    );
  }
}

function* scoresContradictions(isClosedLoop: boolean, streams: readonly (StreamInput | undefined)[]): Iterable<Contradiction> {
  if (isClosedLoop) {
    yield contradiction(["weights", "from"], "Miners of a closed loop are weighed by their skill, or by what validators rate.", {
      found: "scores",
      allowed: "weights: { from: scores } on a recorded or synthetic subnet; beside closed_loop yuma, chain_yuma, or none",
      hint: "Leave weights out; a stage of your own may still read scores.",
    });
  } else if (!streams.some((stream) => mayHold(stream, "scores"))) {
    yield contradiction(["weights", "from"], "Nothing tells the scores that base weights are to be.", {
      found: "no stream of kind scores",
      allowed: "a stream of scores",
      hint: "Make a recording of them (tenure import table --kind scores), or state them: synthetic: scores.",
    });
  }
}

/** A column that no row has would weigh everybody 0. What a recording has is known once it is opened. */
function* columnContradictions(column: string | null, streams: readonly (StreamInput | undefined)[]): Iterable<Contradiction> {
  if (column === null) return;
  const columns = new Set<string>();
  let holders = 0;
  for (const stream of streams) {
    if (!mayHold(stream, "scores")) continue;
    if (stream === undefined || !("synthetic" in stream) || stream.synthetic !== "scores") return;
    holders += 1;
    for (const row of stream.rows ?? []) for (const name of Object.keys(row.columns)) columns.add(name);
    for (const name of Object.keys(stream.drawn?.columns ?? {})) columns.add(name);
  }
  if (holders === 0 || columns.has(column)) return;
  const nearest = nearestName(column, [...columns]);
  yield contradiction(["weights", "column"], "No row of the scores has the column that base weights are to be.", {
    found: column,
    allowed: columns.size === 0 ? "left out: the rows have no columns beside the score" : [...columns].join(", "),
    ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
  });
}

/** Bounds of liquid alpha, which stand in two keys. */
function* boundsContradictions(weights: NonNullable<PartialScenarioInput["weights"]>): Iterable<Contradiction> {
  const configuration = weightsConfiguration(weights);
  if (configuration.from === "scores") return;
  try {
    requireWeights(configuration, "weights");
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    const { what, found, allowed = "", place } = error;
    yield contradiction((place?.path ?? "weights").split("."), what, { found, allowed });
  }
}
