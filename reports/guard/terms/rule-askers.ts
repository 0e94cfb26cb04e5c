import {
  asksPrice,
  boundFactor,
  explainFactor,
  explainMultiplier,
  explainScore,
  goesBeyond,
  type IndexSubnetConfiguration,
  isRead,
  type NamedTerm,
  type OneMiner,
  ruleLabel,
  type StageConfiguration,
  type VestingConfiguration,
  withholdsFrom,
} from "../../../engine/index.js";
import { heldExactly } from "../../held-exactly.js";
import { hasFactor, keeps } from "../../stage-step.js";
import { unlessItFails } from "../../unless-it-fails.js";
import type { TermsOfOne } from "./epoch-terms.js";
import { type RuledConfiguration, stageNames } from "./term-layout.js";

/** A rule that can be asked what it makes of terms that a run wrote down: the formula itself, run once more. */
export interface RuleAsker {
  /** The term that it answers. */
  readonly output: string;
  /** Of the ids of its own terms. */
  readonly prefix: string;
  readonly rule: string;
  /** All terms of the formula, the answer last; null: it cannot be asked of these. */
  ask(of: TermsOfOne): { readonly terms: readonly NamedTerm[]; readonly answer: number } | null;
}

/** The rules of a scenario that answer from a position's own terms, in the order of computing. */
export function ruleAskers({ vesting, stages, index }: RuledConfiguration): readonly RuleAsker[] {
  return [...(index === null ? [] : scoreAsker(index)), ...(stages === null ? vestingAsker(vesting) : stageAskers(stages.stages))];
}

function vestingAsker(vesting: VestingConfiguration): readonly RuleAsker[] {
  const { rule, mode, keyScope, minimumStakeRao, minimumStakeUnit } = vesting;
  // What positions of one coldkey hold together is not among the terms of one.
  if (mode === "off" || !isRead(rule) || keyScope === "coldkey_even") return [];
  return [
    {
      output: "multiplier.answer",
      prefix: "multiplier",
      rule: ruleLabel(rule),
      ask: (of) => {
        // The price of an epoch is not among the terms.
        if (minimumStakeUnit === "tao" && minimumStakeRao > 0) return null;
        const [stake, received] = [of("holdings.stake"), of("holdings.received")];
        if (Number.isNaN(stake)) return null;
        const met = Number(stake >= minimumStakeRao);
        const minimum = { name: "minimum_stake", formula: "1 where stake >= minimum_stake", value: met };
        if (received === 0 || met === 0) return { terms: [minimum], answer: 1 };
        const [held_share, held_days] = [of("holdings.held_share"), of("holdings.held_days")];
        return asked(() => explainMultiplier(rule, vesting, held_share, held_days, heldExactly({ held_share, held_days })), [minimum]);
      },
    },
  ];
}

function stageAskers(stages: readonly StageConfiguration[]): readonly RuleAsker[] {
  const names = stageNames(stages);
  return stages.flatMap((stage, at): RuleAsker[] => {
    const isAsked =
      isRead(stage.stage) && isRead(stage.variant) && !keeps(stage) && hasFactor(stage) && !asksPrice(stage) && goesBeyond(stage) === null;
    if (!isAsked) return [];
    const before = stages.slice(0, at);
    const isBonus = unlessItFails(() => boundFactor(stage)?.isBonus === true) === true;
    return [
      {
        output: `${names[at]}.factor`,
        prefix: names[at],
        rule: stage.variant === undefined ? ruleLabel(stage.stage) : ruleLabel(stage.variant),
        ask: (of) => {
          const miner = minerOf(of);
          if (miner === null) return null;
          if (isBonus && before.some(mayWithholdUnseen)) return null;
          if (isBonus && before.some((one) => unlessItFails(() => withholdsFrom(one, miner)) !== false)) return { terms: [], answer: 1 };
          return asked(() => explainFactor(stage, miner), [], 1);
        },
      },
    ];
  });
}

/** Does it withhold bonuses by what is not among the terms of one? */
function mayWithholdUnseen(one: StageConfiguration): boolean {
  return goesBeyond(one) !== null && boundFactor(one)?.withholds !== undefined;
}

function minerOf(of: TermsOfOne): OneMiner | null {
  const [stakeRao, received] = [of("holdings.stake"), of("holdings.received")];
  if (Number.isNaN(stakeRao)) return null;
  const [held_share, held_days] = [of("holdings.held_share"), of("holdings.held_days")];
  const isReceived = received > 0;
  return {
    stakeRao,
    heldShare: isReceived ? held_share : Number.NaN,
    heldDays: held_days,
    exactly: isReceived ? heldExactly({ held_share, held_days }) : null,
    priceTaoPerAlpha: 0,
  };
}

function scoreAsker({ rewards: { score } }: IndexSubnetConfiguration): readonly RuleAsker[] {
  const { formula, mintMultiplier, redeemMultiplier } = score;
  if (!isRead(formula)) return [];
  return [
    {
      output: "score.weighted_volume",
      prefix: "score",
      rule: "what minting and redeeming count",
      ask: (of) => {
        const answer = mintMultiplier * of("activity.minted") + redeemMultiplier * of("activity.redeemed");
        return Number.isNaN(answer) ? null : { terms: [], answer };
      },
    },
    {
      output: "score.final",
      prefix: "score",
      rule: ruleLabel(formula),
      ask: (of) => {
        // What anti-gaming leaves of a score is no part of the formula.
        if (of("score.standing") !== 1) return null;
        const weightedVolume = mintMultiplier * of("activity.minted") + redeemMultiplier * of("activity.redeemed");
        const parts = { volume: of("score.volume"), frequency: of("score.frequency"), consistency: of("score.consistency") };
        return asked(() => explainScore(formula, score, { weightedVolume, ...parts }), []);
      },
    },
  ];
}

function asked(
  ask: () => readonly NamedTerm[],
  before: readonly NamedTerm[],
  silent: number = Number.NaN,
): { readonly terms: readonly NamedTerm[]; readonly answer: number } | null {
  const terms = unlessItFails(ask);
  if (terms === null) return null;
  const answer = terms.at(-1)?.value ?? silent;
  return Number.isNaN(answer) ? null : { terms: [...before, ...terms], answer };
}
