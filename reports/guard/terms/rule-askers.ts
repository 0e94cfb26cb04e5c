import {
  asksPrice,
  boundFactor,
  explainFactor,
  explainMultiplier,
  goesBeyond,
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
import { isRemembered, RememberedFactors } from "./remembered-factors.js";
import { asked, type RuleAsker } from "./rule-asker.js";
import { scoreAskers } from "./score-askers.js";
import { type RuledConfiguration, stageNames } from "./term-layout.js";
import { thresholdAsker } from "./threshold-asker.js";

/** The rules of a scenario that answer from a position's own terms, in the order of computing. */
export function ruleAskers({ vesting, stages, index }: RuledConfiguration): readonly RuleAsker[] {
  const cutsUnmultiplied = (netuid: number) => netuid !== index?.netuid;
  return [
    ...(index === null ? [] : scoreAskers(index)),
    ...(stages === null ? [...vestingAskers(vesting), ...thresholdAsker(vesting, cutsUnmultiplied)] : stageAskers(stages.stages)),
  ];
}

function vestingAskers(vesting: VestingConfiguration): readonly RuleAsker[] {
  const { rule, mode, keyScope, minimumStakeRao, minimumStakeUnit, belowMinimum } = vesting;
  // What positions of one coldkey hold together is not among the terms of one.
  if (mode === "off" || !isRead(rule) || keyScope === "coldkey_even") return [];
  // The price of an epoch is not among the terms.
  if (minimumStakeUnit === "tao" && minimumStakeRao > 0) return [];
  const minimumOf = (stake: number): NamedTerm => {
    return { name: "minimum_stake", formula: "1 where stake >= minimum_stake", value: Number(stake >= minimumStakeRao) };
  };
  const answer: RuleAsker = {
    output: "multiplier.answer",
    prefix: "multiplier",
    rule: ruleLabel(rule),
    ask: (of) => {
      const [stake, received] = [of("holdings.stake"), of("holdings.received")];
      if (Number.isNaN(stake)) return null;
      const minimum = minimumOf(stake);
      if (received === 0 || minimum.value === 0) return { terms: [minimum], answer: 1 };
      const [held_share, held_days] = [of("holdings.held_share"), of("holdings.held_days")];
      return asked(() => explainMultiplier(rule, vesting, held_share, held_days, heldExactly({ held_share, held_days })), [minimum]);
    },
  };
  if (mode !== "on") return [answer];
  const below: RuleAsker = {
    output: "multiplier.below_minimum",
    prefix: "multiplier",
    rule: "vesting.below_minimum",
    ask: (of) => {
      const [stake, answered] = [of("holdings.stake"), of("multiplier.answer")];
      if (Number.isNaN(stake) || Number.isNaN(answered)) return null;
      const minimum = minimumOf(stake);
      return { terms: [minimum], answer: minimum.value === 0 ? Number(belowMinimum === "zero") : Number(answered === 0) };
    },
  };
  return [answer, below];
}

function stageAskers(stages: readonly StageConfiguration[]): readonly RuleAsker[] {
  const names = stageNames(stages);
  return stages.flatMap((stage, at): RuleAsker[] => {
    const isAsked = isRead(stage.stage) && isRead(stage.variant) && !keeps(stage) && hasFactor(stage) && !asksPrice(stage);
    const beyond = isAsked && goesBeyond(stage) !== null;
    if (!isAsked || (beyond && !isRemembered(stage))) return [];
    const remembered = beyond ? new RememberedFactors(stage) : null;
    const before = stages.slice(0, at);
    const isBonus = unlessItFails(() => boundFactor(stage)?.isBonus === true) === true;
    return [
      {
        output: `${names[at]}.factor`,
        prefix: names[at],
        rule: stage.variant === undefined ? ruleLabel(stage.stage) : ruleLabel(stage.variant),
        ...(remembered === null ? {} : { follow: (epoch, run) => remembered.follow(epoch, run) }),
        ask: (of) => {
          const miner = minerOf(of);
          if (miner === null) return null;
          if (isBonus && before.some(mayWithholdUnseen)) return null;
          if (isBonus && before.some((one) => unlessItFails(() => withholdsFrom(one, miner)) !== false)) return { terms: [], answer: 1 };
          if (remembered === null) return asked(() => explainFactor(stage, miner), [], 1);
          const answer = remembered.factor(of);
          return answer === null ? null : { terms: [], answer };
        },
      },
    ];
  });
}

/** Does it withhold bonuses by what is not among the terms of one? */
function mayWithholdUnseen(one: StageConfiguration): boolean {
  return goesBeyond(one) !== null && boundFactor(one)?.withholds !== undefined;
}

/** What one holds by itself, as stages are asked about it; null: it takes no part. */
export function minerOf(of: TermsOfOne): OneMiner | null {
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
