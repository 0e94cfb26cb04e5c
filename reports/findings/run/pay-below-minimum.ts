import { formatShare, plural } from "../../format/numbers.js";
import type { Check } from "../check.js";
import type { SubnetEvidence } from "../evidence/run-evidence.js";

/** Less than a tenth of the pay is what newcomers have before they reach any minimum. */
const LEAST_PAID = 0.1;
/** Who is below in most epochs is meant; who passes through on the way up is not. */
const MOSTLY = 0.5;

export const payBelowMinimum: Check<SubnetEvidence> = {
  code: "pay_below_minimum",
  severities: ["warning"],
  says: "Much of the pay goes to miners who hold less than the rule asks for: without a bonus they are still paid their base share.",
  threshold: `${LEAST_PAID * 100} % of what miners were paid, or more, went to those who were below the minimum stake in more than ${MOSTLY * 100} % of the epochs. Minimums in TAO are not looked at, since they move with the price.`,
  tries: "`vesting.below_minimum: zero`, or a gate with `below: zero`, pays them nothing; or a lower minimum.",
  needs: () => ["holdings"],
  applies: ({ minimum }) => minimum !== null && minimum.rao > 0,
  find: ({ stakes, minimum, miners }) => {
    if (stakes === null || minimum === null) return null;
    const below = miners.filter(({ position }) => stakes.belowPart(position) > MOSTLY);
    const sum = (of: typeof miners) => of.reduce((all, { at_end }) => all + Number(at_end.paid_rao), 0);
    const part = miners.length === 0 ? 0 : sum(below) / sum(miners);
    if (!(part >= LEAST_PAID)) return null;
    return {
      severity: "warning",
      title: `${formatShare(part)} of the pay goes to miners who hold less than the rule asks for.`,
      evidence: [
        `${plural(below.length, "miner")} of ${miners.length} ${below.length === 1 ? "is" : "are"} below ${minimum.path} (${minimum.words}) in most epochs, and ${minimum.below === "zero" ? "are paid in the others" : `\`${minimum.below}\` leaves them their base share`}.`,
      ],
      tries: [
        "`vesting.below_minimum: zero`, or a gate with `below: zero`, pays them nothing.",
        "Lower the minimum, if they are meant to take part.",
      ],
    };
  },
};
