import { type ParameterDeclarations, requireParameters, type ValuesOf } from "../rules/parameter.js";

/**
 * One who acts. It is shown what has happened and says what it wants done, or hands in what it thinks; others carry that out. It may
 * remember what it saw, never an object that it was shown, and changes nothing of it.
 */
export interface Agent<Shown extends readonly unknown[], Wanted> {
  decide(...shown: Shown): Wanted;
}

/**
 * How somebody acts. A plug point, and the same for all who do (docs/how-to/extend.md): a strategy is one file with name, meaning, its
 * parameters and what an agent who follows it decides; schema, defaults, checks and reference pages follow from it. To add one, put
 * it into the registry of who follows it: `miners`, `participants` or `validators`, each in its `index.ts`.
 */
export interface AgentStrategy<N extends string, D extends ParameterDeclarations, Means, Acting> {
  /** As a scenario names it. */
  readonly name: N;
  /** In one phrase. */
  readonly meaning: string;
  readonly parameters: D;
  /** Does it try to get more out of a rule than the rule is there to pay for? */
  readonly isHostile?: true;
  /**
   * Refuses parameters that contradict each other; each for itself is in its range.
   * @param path of the section, dotted
   * @param epochMs length of the subnet's epochs
   */
  refuse?(parameters: ValuesOf<D>, path: string, epochMs: number): void;
  /** One agent who follows it. @param means what it has beside its parameters */
  bind(parameters: ValuesOf<D>, means: Means): Acting;
}

interface Declared {
  readonly name: string;
  readonly parameters: ParameterDeclarations;
}

/** A strategy of a registry by its name, and its parameters. */
export type Described<All extends Declared> = {
  [K in All["name"]]: { readonly kind: K } & ValuesOf<Extract<All, { readonly name: K }>["parameters"]>;
}[All["name"]];

/** The strategies of a registry by their names. */
export function byName<All extends Declared>(
  declared: readonly All[],
): { readonly [K in All["name"]]: Extract<All, { readonly name: K }> } {
  return Object.fromEntries(declared.map((one) => [one.name, one])) as never;
}

/**
 * Refuses parameters that a strategy cannot act by; of others there may be more.
 * @param path of the section, dotted
 * @param epochMs length of the subnet's epochs
 * @throws TenureError with the codes that the strategy declares
 */
export function refuseParameters(
  { parameters, refuse }: Pick<AgentStrategy<string, ParameterDeclarations, never, unknown>, "parameters" | "refuse">,
  values: object,
  path: string,
  epochMs: number,
): void {
  requireParameters(parameters, values, path);
  refuse?.(values as never, path, epochMs);
}
