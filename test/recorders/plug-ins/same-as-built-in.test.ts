import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MultiplierRule, SimulationConfiguration, Stage, StageConfiguration } from "../../../engine/index.js";
import { cases } from "../../cases.js";
import { anyRun, outcome } from "../../engine/any-run.js";
import type { MemoryRun } from "../../engine/in-memory.js";
import { useTemporaryFolders } from "../temporary-folder.js";
import { ruleOf } from "./rule-of.js";

const folder = useTemporaryFolders();

const GEOMETRIC = `import type { RuleHelpers } from "tenure";
export default ({ multiplierRule, number, min, sqrt }: RuleHelpers) => multiplierRule({
  name: "copy", meaning: "geometric, once more",
  parameters: {
    target: number({ range: { above: 0, atMost: 1 }, meaning: "t" }),
    windowDays: number({ range: { above: 0, atMost: 1000 }, meaning: "w" }),
    most: number({ range: { atLeast: 1, atMost: 10 }, meaning: "m" }),
  },
  ceiling: ({ most }) => most,
  bind: ({ target, windowDays, most }) => (share, days) =>
    1 + sqrt(min(1, share / target) * min(1, days / windowDays)) * (most - 1),
});`;
const LINEAR = `export default ({ number, min, Fraction }) => ({
  kind: "multiplier_rule", name: "copy", meaning: "linear, once more",
  parameters: { target: number({ range: { above: 0, atMost: 1 }, meaning: "t" }) },
  ceiling: () => 1,
  bind: ({ target }) => (share) => min(1, share / target),
  reaches: ({ target }, limit, held) =>
    limit.compare(Fraction.whole(1)) <= 0 && held.share().compare(limit.times(Fraction.decimal(target))) >= 0,
});`;
const BURN = `export default ({ keepStage, number }) => keepStage({
  name: "copy", meaning: "burn, once more",
  parameters: { share: number({ range: { atLeast: 0, atMost: 1 }, meaning: "s" }) },
  bind: ({ share }) => 1 - share,
});`;
const DECAY = `export default ({ shareStage, number, pow }) => shareStage({
  name: "copy", meaning: "curve geometric, once more, ties by uid",
  parameters: { ratio: number({ range: { above: 0, atMost: 1 }, meaning: "r" }) },
  bind: ({ ratio }) => ({
    share({ count, uid, registeredMs }, before, weights) {
      const order = [];
      for (let i = 0; i < count; i++) if (before[i] > 0) order.push(i);
      order.sort((a, b) => before[b] - before[a] || registeredMs[a] - registeredMs[b] || uid[a] - uid[b]);
      let sum = 0;
      for (let k = 0; k < order.length; k++) sum += pow(ratio, k);
      order.forEach((miner, k) => { weights[miner] = pow(ratio, k) / sum; });
    },
  }),
});`;
const KEEPERS = `export default ({ factorStage, number, min }) => factorStage({
  name: "copy", meaning: "linear retention, once more",
  parameters: { target: number({ range: { above: 0, atMost: 1 }, meaning: "t" }) },
  bind: ({ target }) => ({
    ceiling: 1,
    factor: (facts, miner) => (Number.isNaN(facts.heldShare[miner]) ? 1 : min(1, facts.heldShare[miner] / target)),
    isBonus: true,
  }),
});`;

/** All that was paid and measured; what a reader is told of a rule may differ, since of a plug-in no meaning of its parameters is known. */
function paid(found: MemoryRun | string): unknown {
  if (typeof found === "string") return found;
  const { warnings: _words, metrics, ...summary } = found.summary;
  return { tables: found.tables, summary, metrics: metrics === null ? null : { ...metrics, undecided: [] } };
}

const runs = fc.record({
  any: anyRun,
  target: fc.double({ min: 0.05, max: 1, noNaN: true }),
  windowDays: fc.double({ min: 0.5, max: 100, noNaN: true }),
  most: fc.double({ min: 1, max: 10, noNaN: true }),
  threshold: fc.boolean(),
});

describe("a plug-in pays to the rao what the built-in rule does that it is a copy of:", () => {
  it.each([
    { name: "geometric", text: GEOMETRIC },
    { name: "linear_retention", text: LINEAR },
  ] as const)("$name", async ({ name, text }) => {
    const rule = await ruleOf<MultiplierRule>(await folder(), text, "multiplier_rule");
    fc.assert(
      fc.property(runs, ({ any: { config, streams }, target, windowDays, most, threshold }) => {
        const redistribution =
          threshold && name === "linear_retention"
            ? ({ kind: "threshold", relative: 0.5, absolute: 0.1 } as const)
            : ({ kind: "proportional" } as const);
        const vesting = {
          ...config.vesting,
          redistribution,
          retentionTarget: target,
          retentionWindowDays: windowDays,
          maxMultiplier: most,
        };
        const own = { file: "./copy.ts", rule, values: { target, windowDays, most } };
        const with_ = (choice: SimulationConfiguration["vesting"]["rule"]) =>
          paid(outcome({ streams, config: { ...config, vesting: { ...vesting, rule: choice } } }));
        expect(with_(own)).toEqual(with_(name));
      }),
      { numRuns: cases(20, 60) },
    );
  });

  it("stages: burn, a curve, a multiplier", async () => {
    const dir = await folder();
    const stage = async (text: string) => ruleOf<Stage>(dir, text, "weight_stage");
    const [burn, decay, keepers] = [await stage(BURN), await stage(DECAY), await stage(KEEPERS)];
    const own = (rule: Stage, values: object): StageConfiguration => ({ stage: { file: "./copy.ts", rule, values }, parameters: {} });
    fc.assert(
      fc.property(
        runs,
        fc.constantFrom(null, "burn" as const, "treasury" as const),
        ({ any: { config, streams }, target, windowDays, most }, residual) => {
          const with_ = (...stages: StageConfiguration[]) =>
            paid(
              outcome({
                streams,
                config: {
                  ...config,
                  emission: { ...config.emission, outside: null },
                  stages: { stages, residual, recordsEveryEpoch: true },
                  vesting: { ...config.vesting, minimumStakeRao: 0, retentionWindowDays: windowDays },
                },
              }),
            );
          const ratio = target;
          const share = (most - 1) / 9;
          const retention = { retentionTarget: target };
          expect(with_(own(decay, { ratio }), own(keepers, { target }), own(burn, { share }))).toEqual(
            with_(
              { stage: "curve", parameters: { ties: "uid" }, variant: "geometric", of: { ratio } },
              { stage: "multiplier", parameters: {}, variant: "linear_retention", of: retention },
              { stage: "burn", parameters: { share } },
            ),
          );
        },
      ),
      { numRuns: cases(20, 60) },
    );
  });
});
