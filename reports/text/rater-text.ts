import type { RaterExplanation } from "../explain/rater/explain-rater.js";
import { formatCount, formatShare, formatTerm } from "../format/numbers.js";
import { formatTime } from "../format/time.js";
import type { ReportStyle } from "../style.js";
import { derivationText } from "./derivation-text.js";
import { labelled, paragraph } from "./paragraph.js";
import { type Term, termTable } from "./term-table.js";

/** What the ratings of a validator of a closed loop counted, and what its bonds earned. */
export function raterText(explanation: RaterExplanation, style: ReportStyle): string {
  const { name, netuid, group, epoch, derivation } = explanation;
  const as = group === null ? "" : ` of the group ${style.legible(group.group)}, ${group.behaviour}`;
  const when = epoch === null ? "none" : `${formatCount(epoch.epoch)}, ${formatTime(epoch.start_ms)} to ${formatTime(epoch.end_ms)}`;
  const head = [labelled("name", `${style.legible(name)}  (subnet ${netuid}, a validator${as})`, style), labelled("epoch", when, style)];
  const parts = [head.join("\n"), paragraph(verdict(explanation), style, style.bold), groupText(explanation, style)];
  if (derivation !== null) parts.push(derivationText(derivation, style, "what its bonds earned"));
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function verdict({ derivation, epoch, kappa }: RaterExplanation): string {
  const unpaid = "A closed loop pays validators nothing, its pot is the miners'";
  if (epoch !== null && derivation === null) {
    return `${unpaid}. Here they have no bonds, either: what it rates counts by its stake, where validators with ${formatShare(kappa)} of all stake give as much.`;
  }
  const share = derivation?.steps.at(-1)?.value;
  if (typeof share !== "number") return `${unpaid}; what its bonds earned in the epoch is not known.`;
  return `Its bonds earned ${formatShare(share)} of what those of all validators did in the epoch. ${unpaid}, so that this is a share and no rao.`;
}

function groupText({ group }: RaterExplanation, style: ReportStyle): string {
  if (group === null) return "";
  const { validators, stake_share: stake, ratings, deviation, clipped_share: clipped, dividend_share: dividends } = group;
  const rated: Term[] = [
    { name: "off consensus", value: formatShare(deviation), from: "sum|w - c| / (sum w + sum c); c is the consensus; mean over epochs" },
    { name: "clipped", value: formatShare(clipped), from: "of their weight, above the consensus; mean over epochs" },
  ];
  const rows: Term[] = [
    { name: "validators", value: formatCount(validators), from: "of the group" },
    { name: "of the stake", value: formatShare(stake), from: "of all validators" },
    { name: "ratings", value: formatCount(ratings), from: "handed in" },
    ...(ratings === 0 ? [] : rated),
    ...(dividends === null
      ? []
      : [{ name: "dividends", value: formatTerm(dividends), from: "share of what bonds of all validators earned" }]),
  ];
  return `${style.bold("Its group over the whole run")}\n${termTable(rows, style)}`;
}
