import { FEWEST_RANKED, LUCK_MINERS, REVERSED, REVERSED_EPOCHS, rankCorrelation } from "../../../engine/index.js";
import { formatCount } from "../../format/numbers.js";
import { isGiven } from "../../rules.js";
import type { Check, Found } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import type { WeightsOfEpoch } from "../evidence/weight-series.js";
import { spellsOf, spellWords } from "../spells.js";
import { stageName } from "../stage-words.js";

export const orderReversed: Check<SubnetEvidence> = {
  code: "order_reversed",
  severities: ["serious"],
  says: "The more a miner does, the less it gets: the order of weights is turned over, as by a sign that slipped.",
  threshold: `Spearman's rank correlation of ${FEWEST_RANKED} miners or more is ${REVERSED} or lower: of base weight and final share in an epoch, of base weight and what the miner's weights were before, of traded volume and score over the run, or of score and pay. With fewer than ${LUCK_MINERS} miners, in ${REVERSED_EPOCHS} neighbouring epochs.`,
  tries: "Look for a minus, a division the wrong way round, or a sort in ascending order in what computes it.",
  needs: ({ kind }) => ["weights", ...(kind === "index" ? (["scores"] as const) : [])],
  find: (subnet) => byRule(subnet) ?? byScore(subnet) ?? byRecording(subnet) ?? byPast(subnet),
};

const TRIES = [
  "Look for a minus, a quotient the wrong way round, or an ascending sort in what computes it.",
  "Run the last version that was right on the same data, and compare: `tenure compare`.",
];

/** Base weight against final share. */
function byRule(subnet: SubnetEvidence): Found | null {
  const all = subnet.weights?.epochs ?? [];
  const spells = reversedIn(all, ({ rankOfFinal }) => rankOfFinal);
  if (spells.count === 0) return null;
  const stage = subnet.stages.find(({ before, after }) => before.length >= FEWEST_RANKED && rankCorrelation(before, after) <= REVERSED);
  return {
    severity: "serious",
    title: `In ${formatCount(spells.count)} of ${formatCount(all.length)} epochs the rule pays those most who have the least weight.`,
    evidence: [
      `In ${spellWords(spells.list, subnet.epochs)}; the rank correlation of base weight and final share is ${spells.lowest.toFixed(2)} at the lowest.`,
      ...(stage === undefined ? [] : [`In the last epoch it is ${stageName(subnet, stage.stage)} that turns the order over.`]),
    ],
    tries: TRIES,
  };
}

/** What a score makes of what was done, and pay of the score. */
function byScore({ scores, summary }: SubnetEvidence): Found | null {
  const active = (scores?.miners ?? []).filter(({ volumeTao }) => volumeTao > 0);
  const of = rankCorrelation(
    Float64Array.from(active, ({ volumeTao }) => volumeTao),
    Float64Array.from(active, ({ score }) => score),
  );
  if (active.length >= FEWEST_RANKED && of <= REVERSED) {
    return {
      severity: "serious",
      title: "The more a participant trades, the lower its score.",
      evidence: [`Over the run the rank correlation of volume and score of ${active.length} participants who traded is ${of.toFixed(2)}.`],
      tries: TRIES,
    };
  }
  const pay = summary.index?.inequality;
  if (scores === null || pay === undefined || pay.members < FEWEST_RANKED || pay.score_pay_correlation > REVERSED) return null;
  return {
    severity: "serious",
    title: "The higher a participant's score, the less it is paid.",
    evidence: [`The rank correlation of score and pay of ${pay.members} participants is ${pay.score_pay_correlation.toFixed(2)}.`],
    tries: TRIES,
  };
}

/** Weights of a stream against the pay that was recorded. */
function byRecording({ rules, miners, effect }: SubnetEvidence): Found | null {
  if (!isGiven(rules.beforeRule) || effect !== "applied" || miners.length < FEWEST_RANKED) return null;
  const [recorded, paid] = (["recorded_as_miner_rao", "paid_as_miner_rao"] as const).map((name) =>
    Float64Array.from(miners, ({ at_end }) => Number(at_end[name])),
  );
  const correlation = rankCorrelation(recorded, paid);
  if (correlation > REVERSED) return null;
  return {
    severity: "serious",
    title:
      rules.beforeRule === "yuma"
        ? "What Yuma makes of validators' weights pays those most whom the recording paid least."
        : "The weights of the stream pay those most whom the recording paid least.",
    evidence: [
      `Over the run the rank correlation of recorded pay and pay by these weights is ${correlation.toFixed(2)}, of ${miners.length} miners.`,
    ],
    tries: TRIES,
  };
}

/** Base weight against those before it. */
function byPast({ weights, epochs }: SubnetEvidence): Found | null {
  const all = weights?.epochs ?? [];
  const spells = reversedIn(all, ({ rankOfPast }) => rankOfPast);
  if (spells.count === 0) return null;
  return {
    severity: "serious",
    title: "The order of the miners' base weights turns over within one epoch.",
    evidence: [
      `It begins in ${spellWords(spells.list, epochs)}; the rank correlation with the weights before is ${spells.lowest.toFixed(2)} at the lowest.`,
      "Whoever did most is then paid least: what gives the weights was changed there.",
    ],
    tries: TRIES,
  };
}

function reversedIn(all: readonly WeightsOfEpoch[], of: (one: WeightsOfEpoch) => number) {
  const spells = spellsOf(all, (one) => of(one) <= REVERSED);
  const places = new Map(all.map(({ epoch }, place) => [epoch, place]));
  const list = spells.filter(({ from, to }) => {
    const [first, last] = [places.get(from) ?? 0, places.get(to) ?? 0];
    return last - first + 1 >= REVERSED_EPOCHS || all[first].miners >= LUCK_MINERS;
  });
  const within = all.filter(({ epoch }) => list.some(({ from, to }) => epoch >= from && epoch <= to));
  return { list, count: within.length, lowest: within.reduce((least, one) => Math.min(least, of(one)), 1) };
}
