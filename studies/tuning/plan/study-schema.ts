import * as z from "zod";
import { choice, duration, listOf, parameterShape, real, section, whole } from "../../../scenarios/index.js";
import { MOST_REPLICATES, parseReplicates, REPLICATES_ALLOWED } from "../../replicates/replicate-range.js";
import { SAMPLERS, samplerNamed } from "../samplers/index.js";
import { MOST_VALUES } from "../space/domain.js";
import { MOST_TRIALS, PATH } from "../space/tuned-parameter.js";

const scalar = z.union([z.number(), z.string(), z.boolean()], { error: "a number, a word, true or false" });
const finite = z.number({ error: "a number" });
const text = (allowed: string) => z.string({ error: allowed }).min(1, { error: allowed });

const PATHS = "a mapping of scenario paths, such as vesting.max_multiplier";
const path = z.string().regex(PATH, { error: PATHS });

const range = section({
  from: finite.describe("The first value."),
  to: finite.describe("The last one."),
  points: whole(2, MOST_VALUES)
    .optional()
    .describe("How many evenly spaced values are tried, both ends among them. Left out: any number of the range."),
  step: real({ above: 0 }).optional().describe("Distance between the values that are tried."),
  scale: choice(["linear", "log"])
    .default("linear")
    .describe("`log`: evenly spaced in factors, not in differences; both ends are above 0."),
  integer: z.boolean({ error: "true, false" }).default(false).describe("Whole numbers alone."),
});
const values = listOf(scalar, "values");
const varied = z.union([values, range], { error: "a list of values, or from and to" });

const better = choice(["min", "max"]).optional();
const BETTER = "Whether little or much of it is wanted; left out where it is known of the figure.";
const named = section({ figure: text("the name of a figure").describe("A figure of a run."), better: better.describe(BETTER) });
const query = section({
  name: text("a name").describe("What it is called."),
  sql: text("a query").describe("A query over the result tables of one run that gives one number."),
  better: choice(["min", "max"]).describe("Whether little or much of it is wanted."),
});
const own = section({
  name: text("a name").optional().describe("What it is called; left out: as its file says."),
  use: text("a file with an objective of your own, such as ./objective.ts").describe("The file."),
  with: z
    .record(z.string(), z.unknown(), { error: "a mapping of the parameters that the file declares" })
    .default({})
    .describe("Values of its parameters."),
  better: better.describe("Left out: as its file says."),
});
const objective = z.union([text("the name of a figure"), named, query, own], {
  error: "the name of a figure, or a mapping with figure, with name and sql, or with use",
});

const limit = section({
  figure: text("the name of a figure").describe("A figure of a run, or an objective."),
  at_most: finite.optional().describe("The largest mean over the replicates that is allowed."),
  at_least: finite.optional().describe("The smallest."),
});

/** A meaning as a sentence. */
function sentence(words: string): string {
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

const samplerSections = SAMPLERS.map((kind) =>
  section({
    kind: z.literal(kind, { error: kind }).describe(sentence(samplerNamed(kind).meaning)),
    ...parameterShape(samplerNamed(kind).parameters),
  }),
);
const samplerWords = `one of ${SAMPLERS.join(", ")}`;
const sampler = z.union(
  [
    choice(SAMPLERS),
    z.discriminatedUnion("kind", samplerSections as unknown as [(typeof samplerSections)[number]], { error: samplerWords }),
  ],
  { error: samplerWords },
);

const gaps = {
  gap: duration()
    .optional()
    .describe("How much of the end of what is learned from is left out. Left out: the scenario's retention window."),
  embargo: duration().default("0 s").describe("How much of the beginning of what is judged is left out."),
};
const validation = z.discriminatedUnion(
  "kind",
  [
    section({ kind: z.literal("none").describe("No part of the time is judged.") }),
    section({
      kind: z.literal("walk_forward").describe("What is chosen in one window of the time is judged in the next."),
      windows: whole(2, 1_000).default(4).describe("Parts of the time: learned on one, judged on the next."),
      anchored: z.boolean({ error: "true, false" }).default(false).describe("Learn from all parts before, not from the last alone."),
      ...gaps,
    }),
    section({
      kind: z.literal("combinatorial").describe("Each choice of so many groups of the time is judged once, the rest is learned from."),
      groups: whole(2, 100).default(6).describe("Parts of the time."),
      judged: whole(1, 99).default(2).describe("How many of them are judged at once; all others are learned from."),
      ...gaps,
    }),
  ],
  { error: "one of none, walk_forward, combinatorial" },
);
const validationWord = choice(["none", "walk_forward", "combinatorial"]).transform((kind) => validation.parse({ kind }));

const sensitivity = z.discriminatedUnion(
  "kind",
  [
    section({
      kind: z.literal("morris").describe("Elementary effects: cheap, finds parameters that do not matter."),
      trajectories: whole(2, 10_000).default(10).describe("Each has a trial more than there are parameters."),
      levels: whole(2, 1_000).default(4).describe("Values of a parameter without a list; an even number."),
    }),
    section({
      kind: z.literal("sobol").describe("Shares of the variance, by itself and with others."),
      rows: whole(2, 100_000).default(64).describe("Each has two trials more than there are parameters; best a power of two."),
    }),
  ],
  { error: "one of morris, sobol" },
);

const replicates = z
  .union([whole(1, MOST_REPLICATES), z.string()], { error: REPLICATES_ALLOWED })
  .refine((stated) => parseReplicates(String(stated)) !== null, { error: REPLICATES_ALLOWED })
  .transform((stated) => String(stated));

/** What a study file states. In this schema, as in the scenario's, an issue's message is what is allowed. */
export const studySchema = section({
  study: text("the name of the study")
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error: "a name of letters, digits, `.`, `_` and `-`, that starts with a letter or digit" })
    .describe("What the study is called."),
  description: z.string({ error: "a text" }).optional().describe("What it asks, in a sentence."),
  scenario: text("a scenario file, or the name of a shipped one").describe(
    "The scenario whose parameters are tuned: a file, as seen from the study's, or a shipped one.",
  ),
  set: z
    .union([z.record(path, scalar), z.array(z.string())], { error: "a mapping of scenario paths to values" })
    .default([])
    .transform((stated) =>
      Array.isArray(stated)
        ? stated
        : Object.entries(stated).map(([key, value]) => `${key}=${typeof value === "string" ? JSON.stringify(value) : value}`),
    )
    .describe("Values of the scenario that are the same in all trials."),
  vary: z.record(path, varied, { error: PATHS }).describe("What is tried, by the path of the key."),
  constraints: z
    .array(text("a comparison such as vesting.retention_target <= 0.9"), { error: "a list of comparisons" })
    .default([])
    .describe("What the values of a trial have to meet together."),
  objectives: listOf(objective, "objectives").optional().describe("What is wanted; left out: held_pay_share and pot_moved."),
  limits: z.array(limit, { error: "a list of limits" }).default([]).describe("What a trial must keep to be chosen."),
  sampler: sampler.default("grid").describe("How the values of the trials are chosen."),
  trials: whole(1, MOST_TRIALS).optional().describe("How many. Left out: all combinations of a grid, 100 of any other sampler."),
  replicates: replicates.default("1").describe("Runs of each trial, with the same draws for all; how many, or a range such as 7..9."),
  held_out: whole(0, MOST_REPLICATES).default(0).describe("Replicates after those, by which nothing is chosen and the choice is judged."),
  validation: z
    .union([validationWord, validation], { error: "one of none, walk_forward, combinatorial" })
    .optional()
    .describe(
      "How the choice is judged on other times. Left out: walk forward over four windows, or as many as the retention window leaves room for, where all objectives can be measured by window; else none. The word alone takes the defaults of its kind.",
    ),
  pruning: section({
    after: whole(1, MOST_REPLICATES).default(1).describe("Replicates that every trial is given."),
    keep: real({ above: 0, below: 1 }).default(0.5).describe("The share of the trials that are given twice as many, again and again."),
  })
    .optional()
    .describe("Successive halving: trials without hope are given no more replicates. Left out: all trials are given all."),
  sensitivity: sensitivity.optional().describe("Also measures how much each parameter matters, by trials of its own."),
  seed: whole(0, Number.MAX_SAFE_INTEGER).default(1).describe("Of the sampler. The scenario has a seed of its own."),
});

/** A study as stated, with every default. */
export type StudyStatement = z.output<typeof studySchema>;
/** As a person, or the command line, states it. */
export type StudyInput = z.input<typeof studySchema>;
