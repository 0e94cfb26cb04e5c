import { InvariantError, type ParameterDeclarations, requireParameters, type ValuesOf } from "../../../engine/index.js";
import { cmaEs } from "./cma-es.js";
import { grid } from "./grid.js";
import { latinHypercube } from "./latin-hypercube.js";
import { nsga2 } from "./nsga2.js";
import { randomSearch } from "./random-search.js";
import type { Sampler, SamplerDeclaration, SearchProblem } from "./sampler.js";
import { sobolSequence } from "./sobol-sequence.js";
import { tpe } from "./tpe.js";

export type { Outcome, Sampler, SamplerDeclaration, SearchProblem } from "./sampler.js";

/** The samplers that a study can name: a line each. */
export const SAMPLER_REGISTRY = {
  grid,
  random: randomSearch,
  sobol: sobolSequence,
  latin_hypercube: latinHypercube,
  tpe,
  cma_es: cmaEs,
  nsga2,
};

export type SamplerName = keyof typeof SAMPLER_REGISTRY;
export const SAMPLERS = Object.keys(SAMPLER_REGISTRY) as [SamplerName, ...SamplerName[]];

/** What a sampler declares. */
export function samplerNamed(name: SamplerName): SamplerDeclaration {
  return SAMPLER_REGISTRY[name] as unknown as SamplerDeclaration;
}

/**
 * A sampler at its first point.
 * @param parameters values of all it declares, by their names in code
 * @throws TenureError for a parameter out of its range, and for axes that it cannot search
 */
export function bindSampler(name: SamplerName, parameters: ValuesOf<ParameterDeclarations>, problem: SearchProblem): Sampler {
  const { axes, budget } = problem;
  if (axes.length === 0) throw new InvariantError("a search without axes");
  for (const { levels } of axes)
    if (levels !== null && !(Number.isSafeInteger(levels) && levels >= 1)) throw new InvariantError(`an axis of ${levels} levels`);
  if (!Number.isSafeInteger(budget) || budget < 1) throw new InvariantError(`a search of ${budget} points`);
  const declaration = samplerNamed(name);
  requireParameters(declaration.parameters, parameters, "sampler");
  return declaration.bind(parameters, problem);
}
