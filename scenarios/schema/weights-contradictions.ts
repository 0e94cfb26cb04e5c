import { requireWeights, TenureError } from "../../engine/index.js";
import { type Contradiction, contradiction } from "./contradiction.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import { weightsConfiguration } from "./weights.js";

/** What of `weights` contradicts itself, or the rest of the scenario. */
export function* weightsContradictions({ weights, closed_loop: loop }: PartialScenarioInput): Iterable<Contradiction> {
  if (weights == null) return;
  yield* boundsContradictions(weights);
  if (loop === undefined) return;
  if (loop === null || loop.validators === null) {
    yield contradiction(["weights", "from"], "Nobody sets weights that base weights could be made of.", {
      found: weights.from,
      allowed: "closed_loop.validators, who rate the miners of a closed loop",
      hint: "Add validators, or leave weights out.",
    });
  } else if (loop.consensus !== null) {
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

/** Bounds of liquid alpha, which stand in two keys. */
function* boundsContradictions(weights: NonNullable<PartialScenarioInput["weights"]>): Iterable<Contradiction> {
  try {
    requireWeights(weightsConfiguration(weights), "weights");
  } catch (error) {
    if (!(error instanceof TenureError)) throw error;
    const { what, found, allowed = "", place } = error;
    yield contradiction((place?.path ?? "weights").split("."), what, { found, allowed });
  }
}
