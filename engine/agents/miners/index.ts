import { requireParameters, type ValuesOf } from "../../rules/parameter.js";
import type { MinerStrategyDeclaration } from "./miner-strategy.js";
import { hold } from "./strategies/hold.js";
import { sellAll } from "./strategies/sell-all.js";
import { sellFraction } from "./strategies/sell-fraction.js";

export type { MinerOrders } from "./miner-orders.js";
export type { MinerAgent, MinerMeans, MinerStrategyDeclaration } from "./miner-strategy.js";
export type { MinerKey, MinerView, OtherSeat } from "./miner-view.js";

const DECLARED = [hold, sellAll, sellFraction] as const;
type Declared = (typeof DECLARED)[number];
export type MinerStrategyName = Declared["name"];

/** The strategies a group of miners can name: a line each. */
export const MINER_STRATEGIES = Object.fromEntries(DECLARED.map((one) => [one.name, one])) as unknown as Readonly<
  Record<MinerStrategyName, MinerStrategyDeclaration<MinerStrategyName>>
>;

/** How a miner acts: which strategy, and its parameters. */
export type MinerStrategyConfiguration = {
  [K in MinerStrategyName]: { readonly kind: K } & ValuesOf<Extract<Declared, { readonly name: K }>["parameters"]>;
}[MinerStrategyName];

/** What a strategy is declared as, whatever its parameters are. */
export function minerStrategyNamed(name: MinerStrategyName): MinerStrategyDeclaration {
  return MINER_STRATEGIES[name] as unknown as MinerStrategyDeclaration;
}

/**
 * Refuses parameters that the strategy cannot act by.
 * @param path of the section, dotted
 */
export function refuseMinerStrategy(described: MinerStrategyConfiguration, path: string): void {
  const strategy = minerStrategyNamed(described.kind);
  requireParameters(strategy.parameters, described, path);
  strategy.refuse?.(described as never, path);
}
