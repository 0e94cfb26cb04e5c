import { formatCount } from "../../format/numbers.js";
import type { Check } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import type { WeightsOfEpoch } from "../evidence/weight-series.js";
import { medianOf, spellsOf, spellWords } from "../spells.js";

/** Rounding to whole rao tells equal weights apart by less. */
const EVEN = 1e-6;
/** Where weights differ by a twentieth in the usual epoch, equal ones are no accident of small numbers. */
const USUALLY = 0.05;
const FEWEST = 4;

export const weightsEven: Check<SubnetEvidence> = {
  code: "weights_even",
  severities: ["serious"],
  says: "In some epochs all miners have the same weight, where weights differ in the others: missing or invalid scores were turned into equal ones.",
  threshold: `All base weights of an epoch (${FEWEST} miners or more) are equal within ${EVEN}, or all final shares of unequal base weights, or all scores of participants who traded different amounts; in the usual epoch they differ by ${USUALLY * 100} % or more. In production, weights that were no numbers became equal ones, and everybody was paid the same.`,
  tries: "Look at what gave the weights in these epochs; let an epoch without scores keep the last ones, or pay nobody.",
  needs: ({ kind }) => ["weights", ...(kind === "index" ? (["scores"] as const) : [])],
  find: (subnet) => {
    const { weights, epochs, scores } = subnet;
    const all = (weights?.epochs ?? []).filter(({ miners }) => miners >= FEWEST);
    const base = differsOften(all, ({ baseRange }) => baseRange) ? all.filter(isEvenBase) : [];
    const final = differsOften(all, ({ finalRange }) => finalRange)
      ? all.filter((one) => isEven(one.finalRange) && one.baseRange >= USUALLY)
      : [];
    const scored = (scores?.epochs ?? []).filter(({ active }) => active >= FEWEST);
    const alike = scored.filter(({ scoreRange, volumeRange }) => !(scoreRange > EVEN) && volumeRange >= USUALLY);
    const odd = alike.length < scored.length / 2 ? alike : [];
    const flagged = base.length > 0 ? base : final.length > 0 ? final : odd;
    if (flagged.length === 0) return null;
    const what = base.length > 0 ? "base weights" : final.length > 0 ? "final shares" : "scores";
    const looked: readonly { readonly epoch: number }[] = flagged === odd ? scored : all;
    const numbers = new Set(flagged.map(({ epoch }) => epoch));
    return {
      severity: "serious",
      title: `In ${formatCount(flagged.length)} of ${formatCount(looked.length)} epochs all ${what} are equal.`,
      evidence: [
        `In ${spellWords(
          spellsOf(looked, ({ epoch }) => numbers.has(epoch)),
          epochs,
        )}; in the others they differ.`,
        what === "final shares"
          ? "Base weights differ in these epochs: a stage makes them equal."
          : "Scores that are missing, all 0 or no numbers become equal weights where nothing stops them.",
      ],
      tries: [
        "Look at what gave the weights there: its log, and what it does with NaN and with all zeros.",
        "Let an epoch without scores keep the last ones, or pay nobody (`index.rewards.all_zero: unallocated`).",
      ],
    };
  },
};

function isEven(range: number): boolean {
  return range <= EVEN;
}

export function isEvenBase({ baseRange, miners }: WeightsOfEpoch): boolean {
  return miners >= FEWEST && isEven(baseRange);
}

function differsOften(all: readonly WeightsOfEpoch[], of: (one: WeightsOfEpoch) => number): boolean {
  return medianOf(all.map(of)) >= USUALLY;
}
