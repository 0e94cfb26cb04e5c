import * as z from "zod";
import { CONSENSUS_RANGES, VALIDATOR_STRATEGIES, type ValidatorStrategyName, validatorStrategyNamed } from "../../../engine/index.js";
import { amountSpread } from "../amount-spread.js";
import { nameSchema } from "../name.js";
import { real, whole } from "../numbers.js";
import { parameterShape } from "../parameters.js";
import { choice, listOf, section } from "../section.js";

const share = real(CONSENSUS_RANGES.share);
const NAMES = Object.keys(VALIDATOR_STRATEGIES) as ValidatorStrategyName[];

const [first, ...others] = NAMES.map((name) => {
  const { meaning, parameters } = validatorStrategyNamed(name);
  return section({ kind: choice([name]).describe(meaning), ...parameterShape(parameters) });
});
const behaviours = z.discriminatedUnion("kind", [first, ...others], { error: `one of ${NAMES.join(", ")}` });

/** Those that need nothing stated. */
const SHORT = NAMES.filter((name) => Object.values(validatorStrategyNamed(name).parameters).every((one) => one.default !== undefined));

export const validatorGroupSchema = section({
  name: nameSchema.describe("Name of the group; its members are called `<name>-1` and so on, an only member `<name>`."),
  count: whole(1, 10_000).default(1).describe("How many there are."),
  stake: amountSpread().describe("Stake of each at the start, alpha of the index subnet."),
  behaviour: z
    .union([choice(SHORT as [ValidatorStrategyName, ...ValidatorStrategyName[]]), behaviours])
    .prefault({ kind: "honest" })
    .describe("How they behave; a word alone is short for `{ kind: <word> }`."),
}).describe("Validators who differ only in their stake and luck.");

export const colludingGroupSchema = section({
  name: nameSchema.describe("Name of the group."),
  favoured: listOf(nameSchema, "names of participants").describe("Participants who share evenly what is moved."),
  moved_share: share.describe("Share of all weight that is moved to them."),
}).describe("Validators who move weight to miners of their own.");

/** A behaviour by its kind, and what it states for its parameters. */
export type BehaviourInput = Readonly<{ kind: ValidatorStrategyName } & Record<string, unknown>>;
export type ValidatorGroupInput = z.output<typeof validatorGroupSchema>;
export type ColludingGroupInput = z.output<typeof colludingGroupSchema>;
