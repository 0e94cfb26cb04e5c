import type { IndexSummaryEntry } from "../../../recorders/index.js";
import { elsewhereOnIndex, keptByAll, sendsElsewhere } from "../../elsewhere.js";
import { formatCount, formatShare, plural } from "../../format/numbers.js";
import type { Check, Found } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import { spellsOf, spellWords } from "../spells.js";

/** A tenth of the pots is more than what rounding and a first epoch leave. */
const LEAST_LOST = 0.1;
/** Most of what is paid goes to nobody. */
const MOST_LOST = 0.5;
/** In production, a fault in one reading sent 90 to 100 % of a pot elsewhere. */
export const POT_GONE = 0.9;

export const emissionLost: Check<SubnetEvidence> = {
  code: "emission_lost",
  severities: ["serious", "warning"],
  says: "A part of the miners' pots goes to nobody: stages withhold it and `residual` sends it elsewhere, or nobody can be given it.",
  threshold: `${LEAST_LOST * 100} % of the pots or more in the mean over epochs, beyond what \`burn\` states; serious from ${MOST_LOST * 100} %, or where single epochs lose ${POT_GONE * 100} % and more that others do not.`,
  tries:
    "See who falls below which limit (`tenure show --hotkey`); `residual: normalise` gives it to the other miners, where any has a weight left.",
  needs: ({ kind, effect, rules: { stages } }) =>
    kind !== "index" && effect === "applied" && stages !== null && sendsElsewhere(stages) ? ["residuals"] : [],
  find: (subnet) => {
    const { pots } = subnet;
    if (subnet.kind === "index") return fromIndex(subnet);
    if (pots === null || pots.length === 0) return null;
    const mean = pots.reduce((sum, { lostShare }) => sum + lostShare, 0) / pots.length;
    const gone = pots.filter(({ lostShare }) => lostShare >= POT_GONE);
    const isSpell = gone.length > 0 && gone.length < pots.length / 2;
    if (mean < LEAST_LOST && !isSpell) return null;
    const { residual } = subnet.rules.stages ?? {};
    return {
      severity: mean >= MOST_LOST || isSpell ? "serious" : "warning",
      title: isSpell
        ? `In ${formatCount(gone.length)} of ${formatCount(pots.length)} epochs nearly the whole pot goes to nobody.`
        : `${formatShare(mean)} of the miners' pots goes to nobody.`,
      evidence: [
        ...(isSpell
          ? [
              `${POT_GONE * 100} % or more in ${spellWords(
                spellsOf(pots, ({ lostShare }) => lostShare >= POT_GONE),
                subnet.epochs,
              )}.`,
            ]
          : []),
        `Over all epochs ${formatShare(mean)} in the mean, beyond what \`burn\` states${residual == null ? ": no miner had a weight" : `: \`residual: ${residual}\` has it`}.`,
        ...belowWords(subnet),
      ],
      tries: ["See who falls below which limit: `tenure show <run> --hotkey <key> --epoch <n>` prints every stage.", ...triesOf(subnet)],
    };
  },
};

/** Normalising gives what some do not get to others: where nobody has a weight left there is no other. */
function triesOf({ pots, rules }: SubnetEvidence): readonly string[] {
  const lost = (pots ?? []).filter(({ lostShare }) => lostShare > 0);
  const unpaid = lost.filter(({ isPaid }) => !isPaid).length;
  const remain = "Let some weight remain: a lower limit, `below: scale` in place of a cut, a pool for who is below.";
  if ((rules.stages?.residual ?? null) === null) return ["Let some weight remain for everybody, or give epochs without weights a rule."];
  const normalise = "`residual: normalise` gives it to the other miners";
  if (unpaid === 0) return [`${normalise}.`];
  const nobody = "no miner has a weight left";
  if (unpaid === lost.length) return [`${remain} \`residual: normalise\` would give it to nobody: ${nobody} there.`];
  return [`${normalise}, but not in ${plural(unpaid, "epoch")} of ${formatCount(lost.length)} in which ${nobody}.`, remain];
}

/** How many miners were below the minimum in the epochs that lost most. */
function belowWords({ pots, stakes, minimum }: SubnetEvidence): readonly string[] {
  if (stakes === null || minimum === null || minimum.rao === 0) return [];
  const gone = new Set((pots ?? []).filter(({ lostShare }) => lostShare >= LEAST_LOST).map(({ epoch }) => epoch));
  const [miners, below] = stakes.epochs
    .filter(({ epoch }) => gone.has(epoch))
    .reduce(([all, some], one) => [all + one.miners, some + one.below], [0, 0]);
  if (below === 0) return [];
  return [`In these epochs ${formatShare(below / miners)} of the miners had less stake than ${minimum.path} asks for (${minimum.words}).`];
}

function fromIndex({ summary, rules }: SubnetEvidence): Found | null {
  const emission = summary.index?.emission;
  if (emission === undefined || emission.pot_rao === "0") return null;
  const [pot, burnt, unallocated] = [emission.pot_rao, emission.burnt_rao, emission.unallocated_rao].map(Number);
  const withheld = withheldOnIndex(emission, rules);
  const lost = (burnt + unallocated + withheld) / pot;
  if (lost < LEAST_LOST) return null;
  const ofPools =
    burnt + unallocated > 0
      ? ["Look at empty tiers (index.rewards.empty_tier), epochs without a consensus, and pools that sum to less than 1."]
      : [];
  const ofStages =
    withheld > 0
      ? [
          "See who falls below which limit: `tenure show <run> --hotkey <key> --epoch <n>` prints every stage.",
          "`residual: normalise` gives it to the other miners, where any has a weight left.",
        ]
      : [];
  return {
    severity: lost >= MOST_LOST ? ("serious" as const) : ("warning" as const),
    title: `${formatShare(lost)} of the pots of the index subnet goes to nobody.`,
    evidence: [
      `${formatShare(burnt / pot)} is burnt, ${formatShare(unallocated / pot)} unallocated.`,
      ...(withheld > 0
        ? [
            `${formatShare(withheld / pot)} is what stages withhold, beyond what \`burn\` states: \`residual: ${rules.stages?.residual}\` has it.`,
          ]
        : []),
    ],
    tries: (withheld > burnt + unallocated ? [ofStages, ofPools] : [ofPools, ofStages]).flat(),
  };
}

/** What stages send elsewhere that no stage keeps by statement, rao. */
function withheldOnIndex(emission: IndexSummaryEntry["emission"], { stages, index }: SubnetEvidence["rules"]): number {
  if (stages === null || stages.residual === null || !sendsElsewhere(stages)) return 0;
  // A list shares the base pool.
  const stated = (1 - (keptByAll(stages) ?? 1)) * (index?.rewards.pools.base ?? 1) * Number(emission.pot_rao);
  return Math.max(0, Number(elsewhereOnIndex(emission)) - stated);
}
