import { describe, expect, it } from "vitest";
import type { Check } from "../../../reports/findings/check.js";
import type { StrategyEdge } from "../../../reports/findings/evidence/groups.js";
import type { SubnetEvidence } from "../../../reports/findings/evidence/run-evidence.js";
import type { WeightsOfEpoch } from "../../../reports/findings/evidence/weight-series.js";
import { findingsText } from "../../../reports/findings/findings-text.js";
import { CHECKS, SUBNET_CHECKS } from "../../../reports/findings/registry.js";
import { strategyBeatsHolding } from "../../../reports/findings/run/strategy-beats-holding.js";
import { findingsOf } from "../../../reports/findings/run-findings.js";
import { PLAIN_STYLE } from "../../../reports/style.js";

const DAY = 86_400_000;

/** Positions with what they were paid in all. */
const miners = (paid: readonly number[], recorded = paid) =>
  paid.map((one, position) => ({
    position,
    hotkey: `hot-${position}`,
    at_end: { paid_as_miner_rao: BigInt(one), recorded_as_miner_rao: BigInt(recorded[position]) },
  }));

const even = {
  miners: 16,
  baseRange: 0.8,
  finalRange: 0.8,
  lowestMultiplier: 1,
  highestMultiplier: 1.4,
  taken: 0,
  punished: 0,
  moved: 0.05,
  finalSum: 1,
};
const steady = { ...even, rankOfFinal: Number.NaN, rankOfPast: Number.NaN, baseJumped: 0, gainJumped: 0 };
const weights = (count: number, of: (epoch: number) => Partial<WeightsOfEpoch>) => ({
  epochs: Array.from({ length: count }, (_, at) => ({ ...steady, epoch: at + 1, ...of(at + 1) })),
});

/** A subnet of sixteen miners who differ, without anything to find. */
function subnet(changes: object = {}): SubnetEvidence {
  return {
    netuid: 7,
    kind: "recorded",
    rules: { vesting: { mode: "on", rule: "geometric" }, stages: null, emission: { outside: null }, beforeRule: "recorded" },
    effect: "applied",
    summary: { metrics: null, index: null, unexplained_rao: "0" },
    epochs: Array.from({ length: 40 }, (_, at) => ({ epoch: at + 1, start_ms: at * DAY, end_ms: (at + 1) * DAY })),
    miners: miners(Array.from({ length: 16 }, (_, at) => 100 + 10 * at)),
    weights: weights(40, () => ({})),
    gaps: null,
    stakes: null,
    minimum: null,
    pots: null,
    stages: [],
    scores: null,
    ...changes,
  } as unknown as SubnetEvidence;
}

function codesOf(evidence: SubnetEvidence): readonly string[] {
  return SUBNET_CHECKS.filter(({ applies }) => applies?.(evidence) ?? true).flatMap(({ code, find }) =>
    find(evidence) === null ? [] : [code],
  );
}

const metrics = (gini_before: number, gini_after: number, pot_moved = 0.05) => ({
  summary: {
    metrics: { subnets: [{ netuid: 7, epochs: 40, miners: 16, pot_moved, gini_before, gini_after }] },
    index: null,
    unexplained_rao: "0",
  },
});
const index = (changes: object) => ({
  kind: "index",
  rules: {
    ...subnet().rules,
    beforeRule: "rewards",
    index: {
      rewards: {
        tiers: [
          { name: "gold", fromRank: 1, toRank: 2, share: 0.6 },
          { name: "silver", fromRank: 3, toRank: 6, share: 0.4 },
        ],
        emptyTier: "burn",
        pools: { base: 0.8, tierBonus: 0.2, validators: 0 },
      },
    },
  },
  summary: {
    metrics: null,
    unexplained_rao: "0",
    index: {
      epochs: 10,
      tiers: [
        { tier: "gold", places: 20 },
        { tier: "silver", places: 40 },
      ],
      emission: { pot_rao: "1000", miners_rao: "1000", validators_rao: "0", burnt_rao: "0", unallocated_rao: "0" },
      inequality: { members: 16, gini: 0.3, score_pay_correlation: 0.9 },
      ...changes,
    },
  },
});
const pots = (of: (epoch: number) => number) => ({
  pots: Array.from({ length: 40 }, (_, at) => ({ epoch: at + 1, lostShare: of(at + 1), isPaid: of(at + 1) < 1 })),
});
const stakes = (changes: object) => ({
  minimum: { rao: 5, words: "5 alpha", below: "no_bonus", path: "vesting.minimum_stake" },
  stakes: { epochs: [], mostHeldDays: 20, mostHeldShare: 0.5, belowPart: () => 0, ...changes },
});
const below = (what: string) => ({
  minimum: { ...stakes({}).minimum, below: what },
  stakes: { ...stakes({}).stakes, belowPart: () => 0.6 },
});
const cut = { weights: weights(40, () => ({ highestMultiplier: 1, lowestMultiplier: 0.5, taken: 0.3, punished: 0.9, moved: 0.1 })) };
const listed = (residual: string | null) => ({ ...subnet().rules, ...index({}).rules, stages: { stages: [], residual } });
const burning = {
  ...subnet().rules,
  ...index({}).rules,
  stages: {
    stages: [
      { stage: "gate", parameters: {} },
      { stage: "burn", parameters: { share: 0.1 } },
    ],
    residual: "burn",
  },
};
const withheld = (minersRao: number) => ({
  pot_rao: "1000",
  miners_rao: String(minersRao),
  validators_rao: "0",
  burnt_rao: "0",
  unallocated_rao: "0",
});
const gaps = (of: (epoch: number) => number, toTheEnd: readonly { epoch: number; miners: number }[] = []) => ({
  gaps: { byEpoch: Array.from({ length: 40 }, (_, at) => ({ epoch: at + 1, miners: of(at + 1) })), toTheEnd, ofRule: 0 },
});
const tiered = {
  rules: {
    ...subnet().rules,
    vesting: { mode: "on", rule: "tiered", amountTiers: [{ atLeast: 0.3 }], timeTiers: [{ atLeast: 14 }, { atLeast: 30 }] },
  },
};
const noTop = Array.from({ length: 15 }, () => 1);
const traded = (of: (volume: number) => number) => ({
  scores: { epochs: [], miners: Array.from({ length: 10 }, (_, at) => ({ participant: at, volumeTao: at + 1, score: of(at + 1) })) },
});

describe("a subnet with nothing the matter", () => {
  it("raises nothing", () => expect(codesOf(subnet())).toEqual([]));
});

describe.each<[code: string, just: object, justNot: object]>([
  ["pay_too_flat", metrics(0.3, 0.049), metrics(0.3, 0.051)],
  ["pay_too_flat", { miners: miners([100, 100, 100, 100]) }, { miners: miners([0, 0, 0, 0], [9, 9, 9, 9]) }],
  ["pay_too_flat", { miners: miners([100, 101, 102, 103]) }, { miners: miners([100, 120, 140, 160]) }],
  ["pay_too_concentrated", { miners: miners([...noTop, 16]) }, { miners: miners([...noTop.map(() => 2), 28]) }],
  [
    "pay_too_concentrated",
    { miners: miners([...Array.from({ length: 40 }, () => 1), 21, 20]) },
    { miners: miners([...Array.from({ length: 30 }, () => 2), 21, 20]) },
  ],
  [
    "retention_without_effect",
    { weights: weights(40, (epoch) => ({ lowestMultiplier: epoch > 2 ? 1.3999 : 1 })) },
    { weights: weights(40, (epoch) => ({ lowestMultiplier: epoch > 3 ? 1.3999 : 1 })) },
  ],
  ["retention_without_effect", { weights: null, ...metrics(0.3, 0.3, 0.0009) }, { weights: null, ...metrics(0.3, 0.3, 0.0011) }],
  [
    "penalty_cancelled",
    { weights: weights(40, () => ({ highestMultiplier: 1, lowestMultiplier: 0.5, taken: 0.3, punished: 0.9, moved: 0.19 })) },
    { weights: weights(40, () => ({ highestMultiplier: 1, lowestMultiplier: 0.5, taken: 0.3, punished: 0.9, moved: 0.21 })) },
  ],
  [
    "penalty_cancelled",
    { weights: weights(40, () => ({ highestMultiplier: 1, lowestMultiplier: 0.5, taken: 0.3, punished: 0.9, moved: 0.1 })) },
    { weights: weights(40, () => ({ highestMultiplier: 1, lowestMultiplier: 0.5, taken: 0.3, punished: 0.9, moved: 0.1, finalSum: 0.7 })) },
  ],
  ["emission_lost", pots(() => 0.11), pots(() => 0.09)],
  ["emission_lost", pots((epoch) => (epoch === 20 ? 0.95 : 0)), pots((epoch) => (epoch === 20 ? 0.85 : 0))],
  [
    "emission_lost",
    index({ emission: { pot_rao: "1000", burnt_rao: "60", unallocated_rao: "50" } }),
    index({ emission: { pot_rao: "1000", burnt_rao: "60", unallocated_rao: "30" } }),
  ],
  [
    "emission_lost",
    // The list shares 0.8 of the pot and a burn states a tenth of that: 190 - 80, or 170 - 80, of 1000 are withheld.
    { ...index({ emission: withheld(810) }), rules: burning },
    { ...index({ emission: withheld(830) }), rules: burning },
  ],
  [
    "pay_below_minimum",
    stakes({ belowPart: (position: number) => (position < 3 ? 0.6 : 0) }),
    stakes({ belowPart: (position: number) => (position < 1 ? 0.6 : 0.4) }),
  ],
  // Below such a minimum nobody is paid: what they got, they got above it.
  ["pay_below_minimum", below("scale"), below("zero")],
  ["penalty_cancelled", { ...index({}), ...cut, rules: listed(null) }, { ...index({}), ...cut, rules: listed("burn") }],
  [
    "stake_missing",
    {
      summary: { metrics: null, index: null, unexplained_rao: "5" },
      ...stakes({ epochs: Array.from({ length: 9 }, (_, at) => ({ epoch: at + 1, miners: 16, empty: at === 4 ? 8 : 0, below: 0 })) }),
    },
    {
      summary: { metrics: null, index: null, unexplained_rao: "0" },
      ...stakes({ epochs: Array.from({ length: 9 }, (_, at) => ({ epoch: at + 1, miners: 16, empty: at === 4 ? 8 : 0, below: 0 })) }),
    },
  ],
  [
    "weights_even",
    { weights: weights(40, (epoch) => ({ baseRange: epoch === 9 ? 1e-7 : 0.8 })) },
    { weights: weights(40, (epoch) => ({ baseRange: epoch === 9 ? 1e-5 : 0.8 })) },
  ],
  [
    "weights_even",
    { weights: weights(40, (epoch) => ({ finalRange: epoch === 9 ? 0 : 0.8 })) },
    { weights: weights(40, () => ({ finalRange: 0 })) },
  ],
  ["pay_gaps", gaps((epoch) => (epoch === 9 ? 2 : 0)), gaps((epoch) => (epoch === 9 ? 1 : 0))],
  // Many who stop in one epoch and stay, however early; not many who stop one after the other.
  [
    "pay_gaps",
    gaps(() => 0, [{ epoch: 5, miners: 2 }]),
    gaps(
      () => 0,
      Array.from({ length: 9 }, (_, at) => ({ epoch: 5 + at, miners: 1 })),
    ),
  ],
  ["pay_gaps", gaps((epoch) => (epoch < 19 ? 8 : 0)), gaps((epoch) => (epoch < 29 ? 8 : 0))],
  [
    "order_reversed",
    { weights: weights(40, (epoch) => ({ rankOfFinal: epoch > 37 ? -0.5 : Number.NaN })) },
    { weights: weights(40, (epoch) => ({ rankOfFinal: epoch > 38 ? -0.5 : Number.NaN })) },
  ],
  [
    "order_reversed",
    { weights: weights(40, (epoch) => ({ rankOfPast: epoch === 9 ? -0.6 : Number.NaN, miners: 40 })) },
    { weights: weights(40, (epoch) => ({ rankOfPast: epoch === 9 ? -0.4 : Number.NaN, miners: 40 })) },
  ],
  ["order_reversed", { ...index({}), ...traded((volume) => 1 / volume) }, { ...index({}), ...traded((volume) => volume) }],
  [
    "order_reversed",
    { ...index({ inequality: { members: 16, gini: 0.3, score_pay_correlation: -0.6 } }), ...traded((volume) => volume) },
    index({ inequality: { members: 16, gini: 0.3, score_pay_correlation: 0.6 } }),
  ],
  [
    "order_reversed",
    {
      rules: { ...subnet().rules, beforeRule: "weights" },
      miners: miners(
        Array.from({ length: 16 }, (_, at) => 100 + 10 * at),
        Array.from({ length: 16 }, (_, at) => 500 - 10 * at),
      ),
    },
    { rules: { ...subnet().rules, beforeRule: "weights" } },
  ],
  [
    "weights_distorted",
    { weights: weights(40, (epoch) => ({ baseJumped: epoch === 9 ? 0.5 : 0 })) },
    { weights: weights(40, (epoch) => ({ baseJumped: epoch === 9 ? 0.5 : 0.2 })) },
  ],
  [
    "weights_distorted",
    { weights: weights(40, (epoch) => ({ gainJumped: epoch === 9 ? 0.7 : 0 })) },
    { weights: weights(40, (epoch) => ({ gainJumped: epoch === 9 ? 0.4 : 0 })) },
  ],
  [
    "tiers_unfilled",
    index({
      tiers: [
        { tier: "gold", places: 20 },
        { tier: "silver", places: 19 },
      ],
    }),
    index({
      tiers: [
        { tier: "gold", places: 20 },
        { tier: "silver", places: 20 },
      ],
    }),
  ],
  [
    "tiers_unfilled",
    { ...tiered, ...stakes({ epochs: [{ epoch: 1, miners: 1, empty: 0, below: 0 }] }) },
    { ...tiered, ...stakes({ epochs: [{ epoch: 1, miners: 1, empty: 0, below: 0 }], mostHeldDays: 30 }) },
  ],
])("%s", (code, just, justNot) => {
  it("is raised just beyond its threshold, and says what it is about", () => {
    expect(codesOf(subnet(just))).toContain(code);
    const check = SUBNET_CHECKS.find((one) => one.code === code) as Check<SubnetEvidence>;
    const found = check.find(subnet(just));
    expect(check.severities).toContain(found?.severity);
    expect(found?.evidence.length).toBeGreaterThan(0);
    expect(found?.tries.length).toBeGreaterThan(0);
    expect(JSON.stringify([found?.title, found?.evidence])).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("is not raised on the other side", () => expect(codesOf(subnet(justNot))).not.toContain(code));
});

describe("retention_without_effect without the table of weights", () => {
  const still = metrics(0.3, 0.3, 0.0005);
  const loop = (alternative: object | null) => ({
    weights: null,
    summary: { ...still.summary, closed_loop: { subnets: [{ netuid: 7, alternative }] } },
  });

  it("claims no multiplier that nobody recorded", () => {
    const found = SUBNET_CHECKS.find(({ code }) => code === "retention_without_effect")?.find(
      subnet({ weights: null, ...metrics(0.3, 0.3, 0) }),
    );
    expect(found?.title).toContain("moves next to no pay");
    expect(found?.evidence).toEqual(["It moves 0.00 % of 40 pots."]);
  });

  it("is not asked of alternatives, in which one miner differs from many who are alike", () => {
    expect(codesOf(subnet(loop(null)))).toContain("retention_without_effect");
    expect(codesOf(subnet(loop({ name: "sell_all" })))).not.toContain("retention_without_effect");
  });
});

describe("epochs that have a name already", () => {
  it("are not called distorted as well: equal weights, reversed ones, and the way back", () => {
    const even = weights(40, (epoch) => ({ baseRange: epoch === 9 ? 0 : 0.8, baseJumped: epoch === 9 || epoch === 10 ? 0.9 : 0 }));
    expect(codesOf(subnet({ weights: even }))).toEqual(["weights_even"]);
    const reversed = weights(40, (epoch) => ({
      rankOfPast: epoch > 8 && epoch < 12 ? -0.9 : Number.NaN,
      baseJumped: epoch > 8 && epoch < 13 ? 0.9 : 0,
    }));
    expect(codesOf(subnet({ weights: reversed }))).toEqual(["order_reversed"]);
  });
});

describe("strategy_beats_holding", () => {
  const edge = (changes: Partial<StrategyEdge>): StrategyEdge => ({
    name: "sell_all",
    against: "hold",
    by: "same_miner",
    meanTao: 1,
    baseTao: 10,
    interval: null,
    n: 1,
    ...changes,
  });

  it("warns of one draw, is serious where an interval over replicates is above 0, and keeps still where it holds 0", () => {
    expect(strategyBeatsHolding.find([edge({})])).toMatchObject({
      severity: "warning",
      title: "The strategy sell_all makes more than holding.",
    });
    expect(strategyBeatsHolding.find([edge({ by: "replicates", interval: { low: 0.1, high: 2 } })])).toMatchObject({ severity: "serious" });
    expect(strategyBeatsHolding.find([edge({ by: "other_miners", interval: { low: 0.1, high: 2 } })])).toMatchObject({
      severity: "warning",
    });
    expect(strategyBeatsHolding.find([edge({ interval: { low: -0.1, high: 2 } }), edge({ meanTao: -1 })])).toBeNull();
  });
});

describe("what a scenario states", () => {
  const check = (wanted: string) => SUBNET_CHECKS.find(({ code }) => code === wanted) as Check<SubnetEvidence>;

  it("is no warning: a rule without a bonus is a note", () => {
    const same = weights(40, () => ({ lowestMultiplier: 1, highestMultiplier: 1 }));
    const stated = (maxMultiplier: number) => ({ ...subnet().rules, vesting: { mode: "on", rule: "geometric", maxMultiplier } });
    const severity = (maxMultiplier: number) =>
      check("retention_without_effect").find(subnet({ weights: same, rules: stated(maxMultiplier) }))?.severity;
    expect([severity(1), severity(1.5)]).toEqual(["note", "warning"]);
  });

  it("is nothing: tiers that share no bonus may stand empty", () => {
    const half = index({ tiers: [{ tier: "gold", places: 1 }] });
    const without = structuredClone(half);
    without.rules.index.rewards.pools.tierBonus = 0;
    expect(check("tiers_unfilled").find(subnet(half))).not.toBeNull();
    expect(check("tiers_unfilled").find(subnet(without))).toBeNull();
  });
});

describe("all checks of a run", () => {
  const run = (tables: readonly string[]) => ({ tables }) as never;

  it("name the subnets that a finding is of, gravest first", () => {
    const subnets = [
      subnet(pots(() => 0.2)),
      { ...subnet({ ...pots(() => 0.6), netuid: 8 }) },
      subnet({ netuid: 9, ...gaps((epoch) => (epoch === 9 ? 9 : 0)) }),
    ];
    const found = findingsOf({ run: run(["weights", "rewards", "holdings", "residuals"]), subnets, edges: [], warnings: [] });
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ["pay_gaps", "serious"],
      ["emission_lost", "serious"],
    ]);
    expect(found[1].title).toMatch(/^In 2 subnets\. Subnet 7: 20\.00 %/);
    expect(found[1].evidence.join()).toContain("Subnet 8: 60.00 %");
    expect(found[0].title).toMatch(/^Subnet 9: /);
  });

  it("advise to normalise what is lost only where some miner has a weight left", () => {
    const check = SUBNET_CHECKS.find(({ code }) => code === "emission_lost") as Check<SubnetEvidence>;
    const rules = { ...subnet().rules, stages: { stages: [], residual: "burn" } };
    const tries = (of: (epoch: number) => number, changes: object = {}) =>
      check.find(subnet({ ...pots(of), rules, ...changes }))?.tries.slice(1);
    const normalise = "`residual: normalise` gives it to the other miners";
    expect(tries(() => 0.4)).toEqual([`${normalise}.`]);
    expect(tries(() => 1)).toEqual([expect.stringMatching(/^Let some weight remain.* would give it to nobody/)]);
    expect(tries((epoch) => (epoch > 30 ? 1 : 0.2))).toEqual([
      `${normalise}, but not in 10 epochs of 40 in which no miner has a weight left.`,
      expect.stringMatching(/^Let some weight remain/),
    ]);
    expect(tries(() => 1, { rules: { ...rules, stages: { stages: [], residual: null } } })).toEqual([
      expect.stringContaining("give epochs without weights a rule"),
    ]);
  });

  it("say which were not made for want of a table", () => {
    const found = findingsOf({ run: run(["positions", "epochs"]), subnets: [subnet({ weights: null })], edges: [], warnings: [] });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ code: "tables_missing", severity: "note" });
    expect(found[0].title).toContain("holdings, rewards, weights");
  });

  it("have codes of their own, and words for the page", () => {
    const all = CHECKS.flatMap(({ checks }) => checks);
    for (const { code, says, threshold, tries, severities } of all) {
      expect(code).toMatch(/^[a-z_]+$/);
      for (const words of [says, threshold, tries]) expect(words).toMatch(/^[A-Z0-9`].*[.%]$/s);
      expect(severities.length).toBeGreaterThan(0);
    }
    for (const { checks } of CHECKS) expect(new Set(checks.map(({ code }) => code)).size).toBe(checks.length);
  });

  it("are printed with evidence and what to try, and what cannot be seen is spelt out", () => {
    const style = { ...PLAIN_STYLE, legible: (text: string) => `<${text}>` };
    const text = findingsText([{ code: "pay_gaps", severity: "serious", title: "A title.", evidence: ["Seen."], tries: ["This."] }], style);
    expect(text).toBe("Findings 1 serious\n\nserious <A title. (pay_gaps)>\n  - <Seen.>\n  try <This.>");
    expect(findingsText([], PLAIN_STYLE)).toBe("Findings none: no check found anything.");
  });
});
