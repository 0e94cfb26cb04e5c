import type { RandomStream } from "../../kernel/random.js";
import type { ParameterDeclarations, ValuesOf } from "../../rules/parameter.js";
import type { MinerOrders } from "./miner-orders.js";
import type { MinerView } from "./miner-view.js";

/** One who decides for a miner. It may remember what it saw, never the object it was shown. */
export interface MinerAgent {
  /** Says what it wants done. Called in the phase of agents at the end of each epoch, and at times that it asked for. */
  decide(seen: MinerView, orders: MinerOrders): void;
}

/** What an agent has beside its parameters. */
export interface MinerMeans {
  /** Its own: one miner more shifts nobody's numbers. */
  readonly random: RandomStream;
  /** Hotkeys that it begins with. */
  readonly keys: number;
}

/**
 * How a miner acts (docs/explanation/closed-loop.md). A plug point: a strategy is one file with name, meaning, its parameters and what
 * it decides; schema, defaults, checks and reference pages follow from it. It decides on what it is shown and never executes:
 * orders go through the market and the books. To add one, put it into the registry (`index.ts`).
 */
export interface MinerStrategyDeclaration<N extends string = string, D extends ParameterDeclarations = ParameterDeclarations> {
  /** As a scenario names it. */
  readonly name: N;
  /** In one phrase. */
  readonly meaning: string;
  readonly parameters: D;
  /** Does it try to get more out of a rule than the rule is there to pay for? */
  readonly isHostile?: true;
  /** Does it live on seats that it registers or takes over? On a recorded subnet there are none to be had. */
  readonly needsSeats?: true;
  /**
   * Refuses parameters that contradict each other; each for itself is in its range.
   * @param path of the section, dotted
   * @param epochMs length of the subnet's epochs
   */
  refuse?(parameters: ValuesOf<D>, path: string, epochMs: number): void;
  /** Hotkeys that one begins with; left out: one. */
  keys?(parameters: ValuesOf<D>): number;
  /** One miner. */
  bind(parameters: ValuesOf<D>, means: MinerMeans): MinerAgent;
}

/** A strategy whose name and parameters the compiler knows. */
export function declareMinerStrategy<const N extends string, const D extends ParameterDeclarations>(
  strategy: MinerStrategyDeclaration<N, D>,
): MinerStrategyDeclaration<N, D> {
  return strategy;
}
