import { InvariantError } from "../../kernel/errors.js";
import type { RandomStream } from "../../kernel/random.js";
import type { PriceModelConfiguration } from "../market-configuration.js";
import { refusePriceModelConfiguration } from "../market-configuration-checks.js";
import { BlockBootstrap, type PriceHistory } from "./block-bootstrap.js";
import { GeometricBrownianMotion } from "./geometric-brownian-motion.js";
import { JumpDiffusion } from "./jump-diffusion.js";
import { OrnsteinUhlenbeck } from "./ornstein-uhlenbeck.js";
import type { PriceModel } from "./price-model.js";

export { BlockBootstrap, type PriceHistory } from "./block-bootstrap.js";
export { GeometricBrownianMotion } from "./geometric-brownian-motion.js";
export { JumpDiffusion } from "./jump-diffusion.js";
export { normalDeviates } from "./normal-deviates.js";
export { OrnsteinUhlenbeck } from "./ornstein-uhlenbeck.js";
export type { PriceModel } from "./price-model.js";
export { ShockedPrices } from "./shocked-prices.js";

/**
 * The model that a configuration names.
 *
 * @param startPrices one a subnet, in TAO an alpha
 * @param stepMs time between two steps
 * @param history what `block_bootstrap` draws from, of the same subnets; null for the other models
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
  switch (configuration.kind) {
    case "geometric_brownian_motion":
      return new GeometricBrownianMotion(configuration, startPrices, stepMs, random);
    case "ornstein_uhlenbeck":
      return new OrnsteinUhlenbeck(configuration, startPrices, stepMs, random);
    case "jump_diffusion":
      return new JumpDiffusion(configuration, startPrices, stepMs, random);
    case "block_bootstrap":
      if (history === null || history.count !== startPrices.length)
        throw new InvariantError("a bootstrap without a history of its subnets");
      return new BlockBootstrap(configuration.blockSteps, history, startPrices, random);
  }
}
