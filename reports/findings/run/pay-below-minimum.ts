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
  says: "Much of the pay goes to miners who hold less stake than the rule asks for, and lets them have a part, or the base share without a bonus.",
  threshold: `${LEAST_PAID * 100} % of what miners were paid, or more, went to those who were below the minimum stake in more than ${MOSTLY * 100} % of the epochs. Minimums in TAO are not looked at, since they move with the price; nor is a rule that pays nothing below its minimum.`,
  tries: "`vesting.below_minimum: zero`, or a gate with `below: zero`, pays them nothing; or a lower minimum.",
  needs: () => ["holdings"],
  applies: ({ minimum }) => minimum !== null && minimum.rao > 0 && minimum.below !== "zero",
  find: ({ stakes, minimum, miners }) => {
    if (stakes === null || minimum === null) return null;
    const below = miners.filter(({ position }) => stakes.belowPart(position) > MOSTLY);
    const sum = (of: typeof miners) => of.reduce((all, { at_end }) => all + Number(at_end.paid_as_miner_rao), 0);
    const part = miners.length === 0 ? 0 : sum(below) / sum(miners);
    if (!(part >= LEAST_PAID)) return null;
    return {
      severity: "warning",
      title: `${formatShare(part)} of the pay goes to miners who hold less stake than the rule asks for.`,
      evidence: [
        `${plural(below.length, "miner")} of ${miners.length} ${below.length === 1 ? "is" : "are"} below ${minimum.path} (${minimum.words}) in most epochs, and \`${minimum.below}\` leaves them ${minimum.below === "scale" ? "a part of their share" : "their base share"}.`,
      ],
      tries: [
        `${minimum.path.startsWith("vesting") ? "`vesting.below_minimum: zero`" : "`below: zero` of that gate"} pays them nothing.`,
        "Lower the minimum, if they are meant to take part.",
      ],
    };
  },
};
