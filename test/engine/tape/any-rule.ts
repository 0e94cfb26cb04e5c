import fc from "fast-check";
import {
  DEFAULT_MULTIPLIER_PARAMETERS,
  type PlayedRule,
  type SimulationConfiguration,
  type StageConfiguration,
} from "../../../engine/index.js";
import { RESIDUAL_ROWS } from "../../../engine/tables/vocabularies/rest-rows.js";

const TOKEN = 1_000_000_000;

const target = fc.constantFrom(0.05, 0.3, 0.5, 0.9, 1);
const maxMultiplier = fc.oneof(fc.constantFrom(1, 1.5, 2), fc.double({ min: 1, max: 8, noNaN: true }));
const windowDays = fc.constantFrom(0.5, 3, 30, 90);
const tiers = (bounds: readonly number[]) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...bounds), fc.constantFrom(1, 1.1, 1.5, 2)), { selector: ([bound]) => bound, maxLength: 3 })
    .map((pairs) => pairs.sort((a, b) => a[0] - b[0]).map(([atLeast, value]) => ({ atLeast, value })));
const parameters = fc.record({
  retentionTarget: target,
  maxMultiplier,
  amountTiers: tiers([0.1, 0.5, 1]),
  timeTiers: tiers([0.25, 1, 20]),
});

const holding: fc.Arbitrary<StageConfiguration> = fc
  .tuple(fc.constantFrom("geometric", "tiered", "linear_retention"), parameters, windowDays)
  .map(([variant, of, retentionWindowDays]) => ({
    stage: "multiplier",
    parameters: {},
    variant,
    of: { ...DEFAULT_MULTIPLIER_PARAMETERS, ...of, retentionWindowDays },
  }));
const gate: fc.Arbitrary<StageConfiguration> = fc
  .record({
    atLeast: fc.constantFrom(0, 0.5, 40),
    unit: fc.constantFrom("alpha", "tao"),
    below: fc.constantFrom("zero", "scale"),
    power: fc.constantFrom(1, 2),
  })
  .map((gated) => ({ stage: "gate", parameters: { by: "stake", ...gated } }));
const curve: fc.Arbitrary<StageConfiguration> = fc
  .tuple(
    fc.constantFrom("average", "uid"),
    fc.constantFrom(
      ["geometric", { ratio: 0.5 }] as const,
      ["winner", {}] as const,
      ["linear", {}] as const,
      ["power", { exponent: 2 }] as const,
    ),
  )
  .map(([ties, [variant, of]]) => ({ stage: "curve", parameters: { ties }, variant, of }));
const burn: fc.Arbitrary<StageConfiguration> = fc.constantFrom(0, 0.1, 0.75).map((share) => ({ stage: "burn", parameters: { share } }));

/** The rule of a scenario as far as it touches nothing that is owned: over the measure of `config`. */
export function anyRuleOver(config: Pick<SimulationConfiguration, "vesting">): fc.Arbitrary<PlayedRule> {
  const { vesting } = config;
  const isFree = vesting.retentionScope === "lifetime" && vesting.rounding === "exact";
  return fc
    .record({
      mode: fc.constantFrom("on" as const, "on" as const, "shadow" as const, "off" as const),
      rule: fc.constantFrom("geometric" as const, "geometric" as const, "tiered" as const, "linear_retention" as const),
      parameters,
      retentionWindowDays: isFree ? windowDays : fc.constant(vesting.retentionWindowDays),
      minimum: fc.constantFrom(0, TOKEN, 2 ** 40),
      minimumStakeUnit: fc.constantFrom("alpha" as const, "tao" as const),
      belowMinimum: fc.constantFrom("no_bonus" as const, "no_bonus" as const, "zero" as const),
      redistribution: fc.constantFrom(
        { kind: "proportional" as const },
        { kind: "proportional" as const },
        { kind: "threshold" as const, relative: 0.6, absolute: 0.05 },
        { kind: "threshold" as const, relative: 1, absolute: 0 },
      ),
      stages: fc.option(
        fc.record({
          stages: fc.array(fc.oneof(holding, gate, curve, burn), { minLength: 1, maxLength: 4 }),
          residual: fc.option(fc.constantFrom(...RESIDUAL_ROWS)),
          recordsEveryEpoch: fc.constant(false),
        }),
        { freq: 2 },
      ),
    })
    .map(({ mode, rule, parameters: values, minimum, stages, ...rest }) => ({
      // A list has gates of its own, and the minimum of vesting is none (scenarios/resolving/configuration.ts).
      vesting: { ...vesting, ...values, ...rest, mode, rule, minimumStakeRao: stages === null ? minimum : 0 },
      stages,
    }));
}
