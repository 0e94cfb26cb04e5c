import * as z from "zod";
import {
  type BaseWeightsConfiguration,
  CHAIN_LIQUID_ALPHA_PARAMETERS,
  CHAIN_YUMA_PARAMETERS,
  LIQUID_ALPHA_PARAMETERS,
  type ParameterDeclarations,
  YUMA_PARAMETERS,
} from "../../engine/index.js";
import { columnName } from "./column-name.js";
import { parameterShape, parameterValues } from "./parameters.js";
import { choice, section } from "./section.js";

const LIQUID = "Bonds move faster in pairs far off consensus; left out: all alike.";

/** The parameters of each arithmetic by its name under `from`. */
const SOURCES = {
  yuma: { meaning: "Yuma in double precision, in one of its published versions.", own: YUMA_PARAMETERS, liquid: LIQUID_ALPHA_PARAMETERS },
  chain_yuma: {
    meaning: "Yuma in the chain's own fixed point, by hyperparameters as the chain stores them.",
    own: CHAIN_YUMA_PARAMETERS,
    liquid: CHAIN_LIQUID_ALPHA_PARAMETERS,
  },
} as const satisfies Readonly<Record<string, { meaning: string; own: ParameterDeclarations; liquid: ParameterDeclarations }>>;
type SourceName = keyof typeof SOURCES;

function sourceSection(from: SourceName) {
  const { meaning, own, liquid } = SOURCES[from];
  return section({
    from: choice([from]).describe(meaning),
    ...parameterShape(own),
    liquid_alpha: section(parameterShape(liquid)).nullable().default(null).describe(LIQUID),
  });
}

/** What a section states, defaults filled in. */
export interface WeightsInput {
  readonly from: SourceName | "scores";
  readonly liquid_alpha?: Readonly<Record<string, unknown>> | null;
  /** Of scores. */
  readonly column?: string | null;
  readonly [parameter: string]: unknown;
}

const scoresSection = section({
  from: choice(["scores"]).describe("The latest row of a stream of scores for each hotkey."),
  column: columnName.nullable().default(null).describe("The column of the stream that is the weight; left out: the score itself."),
});

export const weightsSchema = z.discriminatedUnion("from", [sourceSection("yuma"), sourceSection("chain_yuma"), scoresSection], {
  error: `a mapping with from: ${[...Object.keys(SOURCES), "scores"].join(", ")}`,
}) as unknown as z.ZodType<WeightsInput>;

/** The section in the engine's terms. */
export function weightsConfiguration(weights: WeightsInput): BaseWeightsConfiguration {
  if (weights.from === "scores") return { from: "scores", column: weights.column ?? null };
  const { own, liquid } = SOURCES[weights.from];
  const liquidAlpha = weights.liquid_alpha == null ? null : parameterValues(liquid, weights.liquid_alpha);
  return { from: weights.from, ...parameterValues(own, weights), liquidAlpha } as unknown as BaseWeightsConfiguration;
}
