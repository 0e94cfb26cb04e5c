import { fitTerms, type PlugIn, ruleOf } from "../plug-in.js";
import { asked, boundNothing, ceilingOf, gaveImpossible, type RuleFault, refuseUnread, threw, unsigned } from "../rule-fault.js";
import { StageTrace } from "./list-trace.js";
import { NoticedFacts } from "./noticed-facts.js";
import type { BoundFactorStage, BoundShareStage, FactorStage, KeepStage, ShareStage, Stage } from "./stage.js";
import type { StageFacts } from "./stage-facts.js";

/** What weights that sum to 1 may be off by rounding. */
const ROUNDING = 1e-9;

type Own<S> = PlugIn<Stage> & { readonly rule: S };

/**
 * A stage of a plug-in: what no stage may do it does not do, but throws a `RuleFault`, with the index of the miner where one is to
 * blame. Its values are those of the plug-in.
 */
export function guardedStage(own: PlugIn<Stage>): Stage {
  const stage = ruleOf(own);
  switch (stage.effect) {
    case "factor":
      return { ...stage, bind: () => bindFactor({ ...own, rule: stage }) };
    case "share":
      return { ...stage, bind: () => bindShare({ ...own, rule: stage }) };
    case "keep":
      return { ...stage, bind: () => bindKeep({ ...own, rule: stage }) };
  }
}

function bindFactor(own: Own<FactorStage>): BoundFactorStage {
  // What is read of a foreign object may be computed: each field is read once, where a throw is the rule's.
  const bound = asked(own, "its factors", () => {
    const stage = own.rule.bind(own.values as never) as Partial<BoundFactorStage> | null | undefined;
    return {
      stage,
      factor: stage?.factor,
      ceiling: stage?.ceiling,
      isBonus: stage?.isBonus,
      withholds: stage?.withholds,
      beyond: stage?.beyond,
    };
  });
  const { stage, factor: factorOf, isBonus, withholds, beyond } = bound;
  refuseUnread(own, stage, ["ceiling", "factor", "isBonus", "withholds", "beyond"]);
  if (typeof factorOf !== "function") throw boundNothing(own, stage, "{ ceiling, factor(facts, miner, trace) } from bind");
  if (isBonus !== undefined && typeof isBonus !== "boolean") throw boundNothing(own, isBonus, "isBonus: true, or left out");
  if (beyond !== undefined && (typeof beyond !== "string" || beyond === "")) {
    throw boundNothing(own, beyond, 'beyond: "what it goes by besides what the miner holds", or left out');
  }
  if (withholds !== undefined && typeof withholds !== "function")
    throw boundNothing(own, withholds, "withholds(facts, miner), or left out");
  const ceiling = ceilingOf(own, bound.ceiling, "factor");
  let last = -1;
  let given: StageFacts | null = null;
  /** Miners are asked about in order; a new beginning is a new epoch. */
  const factsFor = (facts: StageFacts, miner: number): StageFacts => {
    if (given === null || miner <= last) given = copyOf(facts);
    last = miner;
    return given;
  };
  return {
    ceiling,
    ...(isBonus === true ? { isBonus } : {}),
    ...(beyond === undefined ? {} : { beyond }),
    ...(withholds === undefined
      ? {}
      : { withholds: (facts, miner) => ofMiner(own, miner, () => withholds.call(stage, given ?? facts, miner) === true) }),
    factor(facts, miner, trace) {
      let factor: unknown;
      try {
        factor = factorOf.call(stage, factsFor(facts, miner), miner, trace);
      } catch (error) {
        throw blamed(threw(own, "a factor", error), miner);
      }
      if (typeof factor === "number" && factor >= 0 && factor <= ceiling) return unsigned(factor);
      const hint = "Keep it between 0 and the stage's own ceiling, with min and max.";
      throw blamed(gaveImpossible(own, "a factor", factor, ceiling, hint), miner);
    },
  };
}

function bindShare(own: Own<ShareStage>): BoundShareStage {
  const { stage, share: shareOf } = asked(own, "its shares", () => {
    const stage = (own.rule.bind as (values: object) => unknown)(own.values) as Partial<BoundShareStage> | null | undefined;
    return { stage, share: stage?.share };
  });
  refuseUnread(own, stage, ["share"]);
  if (typeof shareOf !== "function") throw boundNothing(own, stage, "{ share(facts, before, weights) } from bind");
  return {
    share(facts, before, weights, list) {
      const { count } = facts;
      const given = weights.subarray(0, count);
      given.fill(0);
      const { trace = null } = list;
      const noticed = trace === null ? null : new NoticedFacts(copyOf(facts));
      const told = trace === null ? null : new StageTrace(count);
      const returned: unknown = asked(own, "weights", () => {
        const { base, withheld } = list;
        const soFar = { base: base.slice(0, count), withheld: withheld.slice(0, count), trace: told };
        return shareOf.call(stage, noticed?.facts ?? copyOf(facts), before.slice(0, count), given, soFar);
      });
      if (returned !== undefined) throw boundNothing(own, returned, "nothing from share: it writes into `weights`");
      let sum = 0;
      for (let miner = 0; miner < count; miner++) {
        const weight = given[miner];
        if (!(weight >= 0 && weight <= 1 + ROUNDING)) {
          throw blamed(gaveImpossible(own, "a weight", weight, 1, "Weights are shares: 0 or more, and at most 1 in all."), miner);
        }
        given[miner] = unsigned(weight);
        sum += weight;
      }
      if (sum > 1 + ROUNDING) throw gaveImpossible(own, "weights with a sum", sum, 1, "Divide each weight by the sum of all.");
      if (sum > 1) for (let miner = 0; miner < count; miner++) given[miner] /= sum;
      if (trace === null || told === null) return;
      for (let miner = 0; miner < count; miner++) {
        const of = trace.of(miner);
        of.input("share_before", before[miner]);
        noticed?.tell(miner, of);
        const weight = { name: "weight", value: given[miner], formula: own.rule.meaning };
        of.terms.push(...fitTerms(told.of(miner), {}, weight));
      }
    },
  };
}

/** Facts that a rule may do with what it likes: the next stage is given others. */
function copyOf(facts: StageFacts): StageFacts {
  const { count, obligations } = facts;
  return {
    count,
    endMs: facts.endMs,
    uid: facts.uid.slice(0, count),
    key: facts.key.slice(0, count),
    registeredMs: facts.registeredMs.slice(0, count),
    stakeRao: facts.stakeRao.slice(0, count),
    heldShare: facts.heldShare.slice(0, count),
    heldDays: facts.heldDays.slice(0, count),
    collateralRao: facts.collateralRao.slice(0, count),
    volumeRao: facts.volumeRao.slice(0, count),
    earnedRao: facts.earnedRao.slice(0, count),
    movedRao: facts.movedRao.slice(0, count),
    score: facts.score.slice(0, count),
    scoredMs: facts.scoredMs.slice(0, count),
    scoreColumn: (miner, column) => facts.scoreColumn(miner, column),
    exactly: (miner) => facts.exactly(miner),
    isNamed: (miner, name) => facts.isNamed(miner, name),
    hasTag: (miner, tag) => facts.hasTag(miner, tag),
    priceTaoPerAlpha: facts.priceTaoPerAlpha,
    priceMs: facts.priceMs,
    usdPerTao: facts.usdPerTao,
    usdPerTaoMs: facts.usdPerTaoMs,
    potRao: facts.potRao,
    obligations: obligations.map((one) => ({ ...one })),
  };
}

function bindKeep(own: Own<KeepStage>): number {
  const kept: unknown = asked(own, "what it keeps", () => own.rule.bind(own.values as never));
  if (typeof kept === "number" && kept >= 0 && kept <= 1) return unsigned(kept);
  throw gaveImpossible(own, "a share that is left to miners", kept, 1, "bind answers what is left of the pot, 0 to 1.");
}

function ofMiner<Answer>(own: PlugIn<Stage>, miner: number, ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    throw blamed(threw(own, "whether it withholds a bonus", error), miner);
  }
}

function blamed(fault: RuleFault, miner: number): RuleFault {
  fault.miner = miner;
  return fault;
}
