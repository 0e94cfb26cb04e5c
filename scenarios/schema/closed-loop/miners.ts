import * as z from "zod";
import { MINER_STRATEGIES, type MinerStrategyName, minerStrategyNamed, PRIORITY_RANGE, SKILL_RANGE } from "../../../engine/index.js";
import { amountSpread } from "../amount-spread.js";
import { duration, durationMs } from "../duration.js";
import { nameSchema } from "../name.js";
import { real, whole } from "../numbers.js";
import { parameterShape } from "../parameters.js";
import { ruleFile, ruleWith } from "../rule-file.js";
import { choice, section } from "../section.js";

export const MINER_STRATEGY_NAMES = Object.keys(MINER_STRATEGIES) as [MinerStrategyName, ...MinerStrategyName[]];

const [first, ...others] = MINER_STRATEGY_NAMES.map((name) => {
  const { meaning, parameters } = minerStrategyNamed(name);
  return section({ kind: choice([name]).describe(meaning), ...parameterShape(parameters) });
});
const strategies = z.discriminatedUnion("kind", [first, ...others], { error: `one of ${MINER_STRATEGY_NAMES.join(", ")}` });

const ownStrategy = section({ rule: ruleFile.describe("A file with a strategy of one's own, such as ./my-strategy.ts."), with: ruleWith });

/** How miners act; a word alone is short for `{ kind: <word> }`. */
export const minerStrategySchema = z.union([choice(MINER_STRATEGY_NAMES), strategies, ownStrategy]);

/** A strategy by its kind, and what it states for its parameters; or the file of one of one's own. */
export type MinerStrategyInput =
  | Readonly<{ kind: MinerStrategyName } & Record<string, unknown>>
  | { readonly rule: string; readonly with?: Readonly<Record<string, unknown>> | null | undefined };

const SKILL = real(SKILL_RANGE);
const skill = z.union([
  SKILL,
  section({ from: SKILL.describe("Lowest."), to: SKILL.describe("Highest.") }).superRefine(({ from, to }, context) => {
    if (to < from) context.addIssue({ code: "custom", path: ["to"], message: "at least `from`" });
  }),
]);

const SPAN = duration();
const arrival = z.union([
  SPAN,
  section({ from: SPAN.describe("Earliest."), to: SPAN.describe("Latest.") }).superRefine(({ from, to }, context) => {
    if ((durationMs(to) ?? 0) < (durationMs(from) ?? 0)) context.addIssue({ code: "custom", path: ["to"], message: "at least `from`" });
  }),
]);

const flag = z.boolean({ error: "true or false" });

export const minerGroupSchema = section({
  name: nameSchema.describe("Name of the group; its members are called `<name>-1` and so on, an only member `<name>`."),
  count: whole(1, 65_536).default(1).describe("How many there are."),
  strategy: minerStrategySchema
    .prefault("hold")
    .describe(
      `How they act; a word alone is short for \`{ kind: <word> }\`. ${MINER_STRATEGY_NAMES.map((name) => `\`${name}\`: ${minerStrategyNamed(name).meaning}`).join("; ")}. Or \`{ rule: ./my-strategy.ts, with: { ... } }\`, a strategy of one's own.`,
    ),
  skill: skill
    .default(1)
    .describe("What their work is worth in the mean, relative to the others'; of `from` and `to` each draws its own, log-uniform."),
  stake: amountSpread().default(0).describe("Alpha each has staked when it begins."),
  tao: amountSpread().default(0).describe("TAO each begins with."),
  priority: whole(PRIORITY_RANGE.atLeast, PRIORITY_RANGE.atMost)
    .default(1)
    .describe("Who acts first of an instant: the lower; among equals the order is drawn anew each time."),
  arrives_after: arrival
    .default("0 s")
    .describe(
      "How long after the start each begins; of `from` and `to` each draws its own. Who comes later than the start pays for its registration.",
    ),
  registers_again: flag.default(false).describe("Whether they register again, where they can pay for it, when they have lost their seats."),
  for_sale: flag.default(false).describe("Whether they part with a seat and all that is staked on it for what that is worth."),
}).describe("Miners who differ only in their skill, their means and their luck.");

export type MinerGroupInput = z.output<typeof minerGroupSchema>;
