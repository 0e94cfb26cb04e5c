import type { RandomStream } from "../../kernel/random.js";
import type { ParameterDeclarations, ValuesOf } from "../../rules/parameter.js";
import type { Agent, AgentStrategy } from "../agent-strategy.js";
import type { MinerOrders } from "./miner-orders.js";
import type { MinerView } from "./miner-view.js";

/** One who decides for a miner: called in the phase of agents at the end of each epoch, and at times that it asked for. */
export type MinerAgent = Agent<[seen: MinerView, orders: MinerOrders], void>;

/** What an agent has beside its parameters. */
export interface MinerMeans {
  /** Its own: one miner more shifts nobody's numbers. */
  readonly random: RandomStream;
  /** Hotkeys that it begins with. */
  readonly keys: number;
}

/** What miners want of validators who collude with them. */
export interface Collusion {
  /** Name of a group of validators; null: all that collude. */
  readonly validators: string | null;
  /** How many times what they see they rate the miners' seats, 1 or more. */
  readonly boost: number;
}

/** How a miner acts (docs/explanation/closed-loop.md). It decides on what it is shown; orders go through the market and the books. */
export interface MinerStrategyDeclaration<N extends string = string, D extends ParameterDeclarations = ParameterDeclarations>
  extends AgentStrategy<N, D, MinerMeans, MinerAgent> {
  /** Does it live on seats that it registers or takes over? On a recorded subnet there are none to be had. */
  readonly needsSeats?: true;
  /** Hotkeys that one begins with; left out: one. */
  keys?(parameters: ValuesOf<D>): number;
  /** What validators of the same owner do for it; left out: nothing. */
  colludes?(parameters: ValuesOf<D>): Collusion;
}

/** A strategy whose name and parameters the compiler knows. */
export function declareMinerStrategy<const N extends string, const D extends ParameterDeclarations>(
  strategy: MinerStrategyDeclaration<N, D>,
): MinerStrategyDeclaration<N, D> {
  return strategy;
}
