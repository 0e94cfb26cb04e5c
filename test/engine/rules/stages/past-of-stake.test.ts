import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type StageName, stageOf } from "../../../../engine/rules/stages/index.js";
import type { BoundFactorStage } from "../../../../engine/rules/stages/stage.js";
import { stageFacts } from "../../stage-facts.js";

const HOUR = 3_600_000;

function bound(stage: StageName, stated: object): BoundFactorStage {
  const declared = stageOf(stage);
  if (declared.effect !== "factor") throw new Error(`${stage} has no factor`);
  return declared.bind(stated as never);
}

/** A close of a hotkey: hours since the last one, stake, and what neutral moves brought since; null: it is away. */
interface Close {
  readonly hours: number;
  readonly stake: number;
  readonly moved: number;
  readonly away: boolean;
}

const closes = fc.array(
  fc.record({
    hours: fc.integer({ min: 1, max: 9 }),
    stake: fc.integer({ min: 0, max: 20 }),
    moved: fc.constant(0),
    away: fc.boolean(),
  }),
  { minLength: 1, maxLength: 15 },
);

function factors(stage: BoundFactorStage, all: readonly Close[]): readonly (number | null)[] {
  let endMs = 0;
  let movedRao = 0;
  return all.map(({ hours, stake, moved, away }) => {
    endMs += hours * HOUR;
    movedRao += moved;
    const count = away ? 0 : 1;
    const facts = stageFacts(count, { endMs, stakeRao: Float64Array.of(stake), movedRao: Float64Array.of(movedRao) });
    stage.begin?.(facts);
    return away ? null : stage.factor(facts, 0, null);
  });
}

describe("selling_penalty", () => {
  const steps = [
    { drop: 0.1, factor: 0.8, hours: 6 },
    { drop: 0.5, factor: 0.3, hours: 3 },
  ];
  const stated = { steps, lookBackHours: 12 };

  /** From the words of the page, over the whole course; drops in whole tenths. */
  function naive(all: readonly Close[]): readonly (number | null)[] {
    const seen: { readonly at: number; readonly stake: number }[] = [];
    const starts: { readonly at: number; readonly step: (typeof steps)[number] }[] = [];
    let at = 0;
    return all.map(({ hours, stake, away }) => {
      at += hours;
      if (away) return null;
      const before = seen[seen.length - 1];
      seen.push({ at, stake });
      if (before !== undefined && stake < before.stake) {
        const largest = Math.max(...seen.filter((one) => one.at >= at - 12).map((one) => one.stake));
        for (const step of steps)
          if (largest > 0 && largest * 10 - stake * 10 >= Math.round(step.drop * 10) * largest) starts.push({ at, step });
      }
      return Math.min(1, ...starts.filter((one) => at < one.at + one.step.hours).map(({ step }) => step.factor));
    });
  }

  it("is the smallest factor of the steps that falls started and that still hold", () => {
    fc.assert(
      fc.property(closes, (all) => {
        expect(factors(bound("selling_penalty", stated), all)).toEqual(naive(all));
      }),
    );
  });

  it("sees no sale in a neutral move, and sees one beside it", () => {
    const close = (stake: number, moved = 0): Close => ({ hours: 1, stake, moved, away: false });
    expect(factors(bound("selling_penalty", stated), [close(100), close(50, -50), close(50)])).toEqual([1, 1, 1]);
    expect(factors(bound("selling_penalty", stated), [close(100), close(135, 50)])).toEqual([1, 0.8]);
    expect(factors(bound("selling_penalty", stated), [close(100), close(136, 50)])).toEqual([1, 1]);
  });

  it("names what it goes by", () => {
    const stage = bound("selling_penalty", stated);
    const terms: string[] = [];
    const trace = {
      terms: [],
      input: (name: string, value: number) => terms.push(`${name} ${value}`),
      term: (name: string, value: number) => terms.push(`${name} ${value}`),
    };
    for (const [endMs, stake] of [
      [HOUR, 10e9],
      [2 * HOUR, 9e9],
    ]) {
      const facts = stageFacts(1, { endMs, stakeRao: Float64Array.of(stake) });
      stage.begin?.(facts);
      stage.factor(facts, 0, trace as never);
    }
    expect(terms).toEqual(["stake 10", "largest_stake 10", "factor 1", "stake 9", "largest_stake 10", "hours_left 6", "factor 0.8"]);
  });
});

describe("net_stake", () => {
  const earning = fc.array(
    fc.record({ stake: fc.integer({ min: 0, max: 50 }), earned: fc.integer({ min: 0, max: 5 }), away: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );

  it("is the part of what was earned since so many closes ago by which stake grew", () => {
    fc.assert(
      fc.property(earning, fc.integer({ min: 1, max: 4 }), (all, epochs) => {
        const stage = bound("multiplier", { variant: "net_stake", of: { bonus: 5, epochs, prior: 0.25 } });
        let sum = 0;
        const sums: number[] = [];
        for (const [e, { stake, earned, away }] of all.entries()) {
          sum += earned;
          sums.push(sum);
          const facts = stageFacts(away ? 0 : 1, { stakeRao: Float64Array.of(stake), earnedRao: Float64Array.of(sum) });
          stage.begin?.(facts);
          if (away) continue;
          const then = e - epochs;
          const since = then >= 0 && !all[then].away ? sum - sums[then] : 0;
          const kept = since > 0 ? Math.min(1, Math.max(0, (stake - all[then].stake) / since)) : 0.25;
          expect(stage.factor(facts, 0, null)).toBe(1 + 5 * kept);
        }
      }),
    );
  });
});
