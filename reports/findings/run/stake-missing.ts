import { formatTokensShort } from "../../format/amount.js";
import { formatCount, formatShare } from "../../format/numbers.js";
import type { Check } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";
import type { StakesOfEpoch } from "../evidence/stake-series.js";
import { medianOf, spellsOf, spellWords } from "../spells.js";

/** Half of a subnet does not sell all of its stake in one epoch. */
const MANY = 0.5;
/** Where a tenth has none in the usual epoch, to have none is how miners live there. */
const USUAL = 0.1;
const FEWEST = 4;

export const stakeMissing: Check<SubnetEvidence> = {
  code: "stake_missing",
  severities: ["serious"],
  says: "In some epochs most miners have no stake, who had some before: it was recorded as 0, and limits that ask for stake cut them all.",
  threshold: `In an epoch ${MANY * 100} % of the miners that ever had stake (${FEWEST} or more) have none, in the usual epoch less than ${USUAL * 100} %, and stake left without an event that says why. In production, collateral that was recorded as 0 sent 90 to 100 % of a pot elsewhere.`,
  tries: "Look at the source of the balances in these epochs; import them again, or leave these readings out.",
  needs: () => ["holdings"],
  applies: ({ kind }) => kind === "recorded",
  find: (subnet) => {
    const { stakes, pots, minimum, epochs, summary } = subnet;
    if (stakes === null || summary.unexplained_rao === "0") return null;
    const partOf = ({ miners, empty }: StakesOfEpoch) => (miners < FEWEST ? 0 : empty / miners);
    const missing = stakes.epochs.filter((one) => partOf(one) >= MANY);
    if (missing.length === 0 || medianOf(stakes.epochs.map(partOf)) >= USUAL) return null;
    const most = missing.reduce((a, b) => (partOf(b) > partOf(a) ? b : a));
    const numbers = new Set(missing.map(({ epoch }) => epoch));
    const lost = (pots ?? []).filter(({ epoch }) => numbers.has(epoch));
    const mean = lost.reduce((sum, { lostShare }) => sum + lostShare, 0) / Math.max(1, lost.length);
    return {
      severity: "serious",
      title: `Most miners have no stake in ${formatCount(missing.length)} of ${formatCount(stakes.epochs.length)} epochs: it is recorded as 0.`,
      evidence: [
        `In ${spellWords(
          spellsOf(stakes.epochs, (one) => partOf(one) >= MANY),
          epochs,
        )}; up to ${formatCount(most.empty)} of ${formatCount(most.miners)} miners.`,
        `${formatTokensShort(summary.unexplained_rao)} alpha left without an event that says why (table unexplained).`,
        ...(mean > USUAL
          ? [
              `In these epochs ${formatShare(mean)} of the pot goes to nobody${minimum === null ? "" : `, since ${minimum.path} asks for ${minimum.words}`}.`,
            ]
          : []),
      ],
      tries: [
        "Look at the balances that were read there: one reading of 0 for everybody is a fault of the source.",
        "Import them again without it; `ledger.snapshots: auto` beside stake events only compares balances, and takes nothing away.",
      ],
    };
  },
};
