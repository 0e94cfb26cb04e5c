import * as z from "zod";
import { MOST_VALIDATORS, RATING_STRATEGIES, type RatingStrategyName, ratingStrategyNamed } from "../../../engine/index.js";
import { amountSpread } from "../amount-spread.js";
import { nameSchema } from "../name.js";
import { whole } from "../numbers.js";
import { parameterShape } from "../parameters.js";
import { choice, section } from "../section.js";

const NAMES = Object.keys(RATING_STRATEGIES) as [RatingStrategyName, ...RatingStrategyName[]];

const [first, ...others] = NAMES.map((name) => {
  const { meaning, parameters } = ratingStrategyNamed(name);
  return section({ kind: choice([name]).describe(meaning), ...parameterShape(parameters) });
});
const behaviours = z.discriminatedUnion("kind", [first, ...others], { error: `one of ${NAMES.join(", ")}` });

/** How validators of a closed loop behave; a word alone is short for `{ kind: <word> }`. */
export const ratingBehaviourSchema = z.union([choice(NAMES), behaviours]);

export const ratingGroupSchema = section({
  name: nameSchema.describe("Name of the group; its members are called `<name>-1` and so on, an only member `<name>`."),
  count: whole(1, MOST_VALIDATORS).default(1).describe("How many there are."),
  stake: amountSpread().describe("Stake by which the weights of each count; it stays as it is."),
  behaviour: ratingBehaviourSchema
    .prefault("honest")
    .describe(
      `How they rate the seats; a word alone is short for \`{ kind: <word> }\`. ${NAMES.map((name) => `\`${name}\`: ${ratingStrategyNamed(name).meaning}`).join(" ")}`,
    ),
}).describe("Validators who rate the seats, and differ only in their stake and luck.");

/** A behaviour by its kind, and what it states for its parameters. */
export type RatingBehaviourInput = Readonly<{ kind: RatingStrategyName } & Record<string, unknown>>;
export type RatingGroupInput = z.output<typeof ratingGroupSchema>;
