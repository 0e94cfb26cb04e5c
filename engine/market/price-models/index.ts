import type { RandomStream } from "../../kernel/random.js";
import { requireParameters, type ValuesOf } from "../../rules/parameter.js";
import { blockBootstrap } from "./block-bootstrap.js";
import { geometricBrownianMotion } from "./geometric-brownian-motion.js";
import { jumpDiffusion } from "./jump-diffusion.js";
import { ornsteinUhlenbeck } from "./ornstein-uhlenbeck.js";
import type { PriceHistory, PriceModel, PriceModelDeclaration } from "./price-model.js";

export { BlockBootstrap } from "./block-bootstrap.js";
export { normalDeviates } from "./normal-deviates.js";
export type { PriceHistory, PriceModel, PriceModelDeclaration } from "./price-model.js";
export { ShockedPrices } from "./shocked-prices.js";

const DECLARED = [geometricBrownianMotion, ornsteinUhlenbeck, jumpDiffusion, blockBootstrap] as const;
type Declared = (typeof DECLARED)[number];
export type PriceModelName = Declared["name"];

/** The price models: a line each. A synthetic stream can name those that need no history. */
export const PRICE_MODELS = DECLARED as unknown as readonly PriceModelDeclaration<PriceModelName>[];

/** Where prices come from when they are not recorded (docs/explanation/market.md): which model, and its parameters. */
export type PriceModelConfiguration = {
  [K in PriceModelName]: { readonly kind: K } & ValuesOf<Extract<Declared, { readonly name: K }>["parameters"]>;
}[PriceModelName];

/** What a model is declared as, whatever its parameters are. */
export function priceModelNamed(name: PriceModelName): PriceModelDeclaration {
  return PRICE_MODELS[DECLARED.findIndex((one) => one.name === name)];
}

/** @throws TenureError for a parameter out of its range, with the code that it declares */
export function refusePriceModelConfiguration(model: PriceModelConfiguration, path = "index.prices"): void {
  requireParameters(priceModelNamed(model.kind).parameters, model, path);
}

/**
 * The model that a configuration names.
 *
 * @param startPrices one a subnet, in TAO an alpha
 * @param stepMs time between two steps
 * @param history what a model draws from that needs one, of the same subnets; null for the others
 * @throws TenureError for a configuration out of range, or a history without returns
 */
export function priceModel(
  configuration: PriceModelConfiguration,
  startPrices: ArrayLike<number>,
  stepMs: number,
  random: RandomStream,
  history: PriceHistory | null,
): PriceModel {
  refusePriceModelConfiguration(configuration);
  return priceModelNamed(configuration.kind).bind(configuration as never, { startPrices, stepMs, random, history });
}
