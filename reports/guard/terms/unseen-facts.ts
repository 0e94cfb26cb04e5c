import { askedFacts, type StageConfiguration } from "../../../engine/index.js";
import type { UnseenFact } from "./term-column.js";

/** Of what stages ask for: what runs do not write down of each miner. */
const UNSEEN: Partial<Readonly<Record<ReturnType<typeof askedFacts>[number], UnseenFact>>> = {
  collateral: "collateral",
  volume: "volume",
  scores: "scores",
  obligations: "obligations",
  usd: "tao_price",
};

/**
 * What a stage goes by that no term holds; none of a user's own file, which may ask for anything.
 * @param isOfIndex on an index subnet volume is what is minted and redeemed, which are terms
 */
export function unseenFacts(configuration: StageConfiguration, isOfIndex: boolean): readonly UnseenFact[] {
  const { stage, variant, parameters } = configuration;
  if (typeof stage !== "string" || typeof variant === "object") return [];
  const asked = askedFacts(configuration).flatMap((fact) => UNSEEN[fact] ?? []);
  const isByAge = stage === "gate" && (parameters as { readonly by?: string }).by === "age";
  return [
    ...asked.filter((fact) => !(isOfIndex && fact === "volume")),
    ...(isByAge ? (["age"] as const) : []),
    ...(asksAlphaPrice(configuration) ? (["price"] as const) : []),
  ];
}

/** Does it, or a stage of one of its pools, count in TAO or USD? */
function asksAlphaPrice({ parameters }: StageConfiguration): boolean {
  const { unit, pools = [] } = parameters as { readonly unit?: string; readonly pools?: readonly Pools[] };
  return unit === "tao" || unit === "usd" || pools.some(({ stages }) => stages.some(asksAlphaPrice));
}

interface Pools {
  readonly stages: readonly StageConfiguration[];
}

/** Does a gate go by what no pay moves: collateral that is told, or on an index subnet trades, which are terms? Those it goes by. */
export function gateInputs({ stage, parameters }: StageConfiguration, isOfIndex: boolean): RegExp | null {
  if (stage !== "gate") return null;
  const { by } = parameters as { readonly by?: string };
  if (by === "collateral") return NONE;
  return by === "volume" && isOfIndex ? /^activity\.(minted|redeemed)$/ : null;
}

/** Matches no term. */
const NONE = /(?!)/;
