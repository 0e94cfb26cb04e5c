import { isCeiling } from "../terms/term-layout.js";
import { EPOCHS, OTHERS_WEIGHTS, type Parting, TAKING_PART } from "./parting.js";
import type { StageHits } from "./stage-hits.js";

/**
 * What terms tell, and whom stages hit by themselves: these are named by the stage, from where it hits them first. Where nothing but stages
 * changed, whatever else differs follows from pay.
 * @param wanted positions, by `paidKeyText`
 */
export function withStageHits(
  found: ReadonlyMap<string, Parting>,
  { hits, isAll }: StageHits,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, Parting> {
  const all = new Map<string, Parting>();
  for (const key of wanted) {
    const [told, hit] = [found.get(key), hits.get(key)];
    const one = chosen(told, hit, isAll);
    if (one !== undefined) all.set(key, one);
  }
  return all;
}

function chosen(told: Parting | undefined, hit: Parting | undefined, isAll: boolean): Parting | undefined {
  const isOfWhom = told?.cause === TAKING_PART || told?.cause === EPOCHS;
  if (hit === undefined) {
    const isOwn = told !== undefined && isAll && !isOfWhom && told.cause !== OTHERS_WEIGHTS;
    return isOwn ? { ...told, cause: OTHERS_WEIGHTS, term: told.cause } : told;
  }
  if (told === undefined || told.cause === OTHERS_WEIGHTS) return hit;
  // A term of the stage's formula says more than its factor.
  if (stageOf(told.cause) === stageOf(hit.cause)) return isFactor(hit) && !isCeiling(told.cause) ? told : hit;
  return isAll || hit.endMs <= told.endMs ? hit : told;
}

/** `stage.multiplier` of `stage.multiplier.duration_factor`. */
const stageOf = (cause: string) => cause.split(".").slice(0, 2).join(".");
const isFactor = ({ cause }: Parting) => cause.endsWith(".factor");
