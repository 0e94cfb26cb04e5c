import { z } from "zod";
import { geometric } from "../../../engine/rules/multipliers/geometric.js";
import { applyMultipliers } from "../../../engine/vesting/weights.js";
import { LIVE_REDISTRIBUTION } from "../bettensor-live.js";
import { checker, goldenCase, rao } from "../case.js";
import { near, same } from "../difference.js";

const TOLERANCE = 1e-12;

const schema = goldenCase(
  z.object({
    minimum_stake_rao: rao,
    retention_target: z.number(),
    retention_window_days: z.number(),
    max_multiplier: z.number(),
    weights: z.array(z.number()),
    miners: z.array(
      z.object({ uid: z.number().int(), stake_rao: rao.nullable(), holding_percentage: z.number(), holding_duration: z.number() }),
    ),
  }),
  z.object({ weights: z.array(z.number()), sum: z.number(), multipliers: z.array(z.number()) }),
);

/** Golden file 4: from weights to weights with the geometric rule; below the minimum stake a miner is cut to 0. */
export const checkWeights = checker(schema, ({ input, expected }) => {
  const count = input.weights.length;
  const rule = geometric.bind({
    retentionTarget: input.retention_target,
    retentionWindowDays: input.retention_window_days,
    maxMultiplier: input.max_multiplier,
  });
  const factor = new Float64Array(count);
  same("number of miners", input.miners.length, count);
  for (const { uid, stake_rao, holding_percentage, holding_duration } of input.miners) {
    const multiplier = rule(holding_percentage, holding_duration);
    near(`multipliers[${uid}]`, multiplier, expected.multipliers[uid], TOLERANCE);
    factor[uid] = stake_rao !== null && stake_rao >= input.minimum_stake_rao ? multiplier : 0;
  }
  const final = new Float64Array(count);
  applyMultipliers(
    Float64Array.from(input.weights, (weight) => Math.max(0, weight)),
    factor,
    count,
    LIVE_REDISTRIBUTION,
    final,
  );
  passNegativesThrough(input.weights, factor, final);
  let sum = 0;
  for (let uid = 0; uid < count; uid++) {
    near(`weights[${uid}]`, final[uid], expected.weights[uid], TOLERANCE);
    sum += final[uid];
  }
  near("sum", sum, expected.sum, TOLERANCE);
});

/** The original lets a negative weight through as it is and counts it in the sum (docs/explanation/presets.md: in golden only). */
function passNegativesThrough(weights: readonly number[], factor: Float64Array, final: Float64Array): void {
  if (!weights.some((weight) => weight < 0)) return;
  const raw = weights.map((weight, uid) => (weight < 0 ? weight : weight * factor[uid]));
  const positive = raw.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const sum = raw.reduce((all, weight) => all + weight, 0);
  const scale = sum > 0 ? sum : 1;
  for (let uid = 0; uid < weights.length; uid++) {
    final[uid] = weights[uid] < 0 ? weights[uid] / scale : (final[uid] * positive) / scale;
  }
}
