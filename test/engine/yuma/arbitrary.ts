import fc from "fast-check";
import { LIQUID_CONSENSUS, YUMA_VERSIONS, type YumaConfiguration } from "../../../engine/yuma/index.js";

const share = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);

export const configurations: fc.Arbitrary<YumaConfiguration> = fc.record({
  version: fc.constantFrom(...YUMA_VERSIONS),
  // Part of all stake that no sum of small whole stakes meets by an error of rounding.
  kappa: fc.constantFrom(0.11, 0.25, 0.5, 0.67, 0.75, 1),
  bondPenalty: share,
  bondMovingAverage: share,
  liquidAlpha: fc.option(
    fc.record({
      alphaLow: fc.constantFrom(0, 0.1, 0.3),
      alphaHigh: fc.constantFrom(0.3, 0.7, 1),
      sigmoidSteepness: fc.constantFrom(0.5, 10, 50),
      consensus: fc.constantFrom(...LIQUID_CONSENSUS),
    }),
  ),
  decayRate: share,
  capacityAlpha: share,
  winnerTakesAll: fc.boolean(),
});

/** Stakes and weights of some epochs: small whole numbers, often equal, often 0. */
export interface Course {
  readonly validators: number;
  readonly miners: number;
  readonly epochs: readonly { readonly stakes: number[]; readonly set: number[][] }[];
}

export function courses(weight: fc.Arbitrary<number> = fc.constantFrom(0, 0, 1, 1, 2, 3, 7, 100)): fc.Arbitrary<Course> {
  return fc.record({ validators: fc.integer({ min: 1, max: 6 }), miners: fc.integer({ min: 1, max: 6 }) }).chain(({ validators, miners }) =>
    fc
      .array(
        fc.record({
          stakes: fc.array(fc.constantFrom(0, 1, 1, 2, 5, 40), { minLength: validators, maxLength: validators }),
          set: fc.array(fc.array(weight, { minLength: miners, maxLength: miners }), { minLength: validators, maxLength: validators }),
        }),
        { minLength: 1, maxLength: 5 },
      )
      .map((epochs) => ({ validators, miners, epochs })),
  );
}
