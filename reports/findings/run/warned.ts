import { type AccidentCode, accidentOf } from "../../../engine/index.js";
import type { CheckDeclaration } from "../check.js";
import type { Finding } from "../finding.js";

/** What a finding is called that a run warned of: whatever tables are there, the run itself saw it. */
const TITLES: Readonly<Record<AccidentCode, Pick<Finding, "severity" | "title">>> = {
  weights_zero: { severity: "serious", title: "In some epochs every miner's base weight, or score, is 0." },
  collateral_zero: { severity: "serious", title: "Stages go by collateral, and it reads 0 for every miner." },
  collateral_unit: { severity: "serious", title: "Nobody's collateral is a hundredth of what gates ask for." },
  nobody_paid: { severity: "warning", title: "In some epochs the rule pays nobody." },
  in_no_pool: { severity: "warning", title: "Some miners are in no pool, and get nothing." },
  nobody_in_pool: { severity: "warning", title: "Pools are for miners whom the run never has." },
  order_reversed: { severity: "serious", title: "The order of pay is turned over." },
  penalty_cancelled: { severity: "warning", title: "A penalty is cancelled when weights are normalised." },
  pay_gaps: { severity: "warning", title: "Miners who were paid before get nothing in some epochs." },
  pay_too_flat: { severity: "warning", title: "Pay is nearly flat." },
  pay_too_concentrated: { severity: "serious", title: "One miner has most of the pay." },
};

const declared = (code: AccidentCode, words: Pick<CheckDeclaration, "says" | "threshold" | "tries">): CheckDeclaration => ({
  code,
  severities: [TITLES[code].severity],
  ...words,
});

/** Accidents that no check looks for: the run's warning is the finding. */
export const WARNED: readonly CheckDeclaration[] = [
  declared("weights_zero", {
    says: "The source of weights gave 0 to every miner: nobody is paid there; or all scores of an index subnet are 0, and nobody is paid by what it did.",
    threshold:
      "One epoch with a pot in which no miner has a base weight above 0, or, once somebody has scored, no ranked participant a score above 0.",
    tries: "Look at what gave the weights, or the scores; let an epoch without weights keep the last ones.",
  }),
  declared("collateral_zero", {
    says: "Stages go by collateral, and it reads 0 for every miner: who is cut is cut by the data, not by the rule.",
    threshold: "One epoch in which a stage goes by collateral and every miner's is 0. In production it sent whole pots elsewhere.",
    tries: "Look at the collateral stream: its first row, its hotkeys, readings that failed.",
  }),
  declared("collateral_unit", {
    says: "Gates ask for collateral, and everybody has next to nothing of it: amounts of the stream, or of the gate, are in another unit.",
    threshold: "One epoch in which somebody has collateral, and nobody a hundredth of the least that a gate asks for.",
    tries: "Amounts are in tokens, not in rao or thousandths: record the stream again, or state at_least in tokens.",
  }),
  declared("nobody_paid", {
    says: "The rule gives nobody anything, though miners have base weights.",
    threshold: "Every final weight is 0 in more than 1 % of the epochs with a pot, and in some of these base weights are not.",
    tries: "Look at gates that nobody reaches, and at the first epochs of a rule that remembers.",
  }),
  declared("in_no_pool", {
    says: "Miners with a weight are named by no pool: they get nothing, whatever they do.",
    threshold: "One epoch with such a miner, where pools go by names, tags or uids.",
    tries: "A pool with `members: rest`.",
  }),
  declared("nobody_in_pool", {
    says: "A pool names a miner, a tag has one, or uids or ranks are stated, that no epoch has: what is meant for them goes elsewhere.",
    threshold: "One name that no miner of the run is called, or one range of uids or ranks in which nobody ever is.",
    tries: "Look at how names are spelt: hotkeys, simulated miners such as `holders-1`, groups of a closed loop such as `holders`.",
  }),
];

/**
 * What a run warned of (docs/explanation/accidents.md) and no check has found with evidence of its own.
 * @param warnings of the run, in its order
 * @param found codes of the findings there are
 */
export function warnedFindings(warnings: readonly string[], found: ReadonlySet<string>): readonly Finding[] {
  const byCode = new Map<AccidentCode, string[]>();
  for (const warning of warnings) {
    const code = accidentOf(warning);
    if (code === null || found.has(code)) continue;
    byCode.set(code, [...(byCode.get(code) ?? []), warning.slice(0, -` (${code})`.length)]);
  }
  return [...byCode].map(([code, texts]) => {
    const told = texts.map(sentences);
    const declaration = WARNED.find((one) => one.code === code);
    const tries = [...new Set(told.flatMap(({ rest }) => (rest === "" ? [] : [rest])))];
    return {
      code,
      ...TITLES[code],
      evidence: told.map(({ first }) => first),
      tries: tries.length === 0 && declaration !== undefined ? [declaration.tries] : tries,
    };
  });
}

/** What happened stands in the first sentence of a warning, what to do behind it. */
function sentences(text: string): { readonly first: string; readonly rest: string } {
  const end = text.search(/\. [A-Za-z]/);
  return end < 0 ? { first: text, rest: "" } : { first: text.slice(0, end + 1), rest: text.slice(end + 2) };
}
