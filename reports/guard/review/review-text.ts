import { plural } from "../../format/numbers.js";
import type { ReportStyle } from "../../style.js";
import { changedWords } from "../../text/changed-values-text.js";
import { hanging } from "../../text/paragraph.js";
import { typedPath } from "../../text/typed-path.js";
import { causeMeaning, causeName, gainWords, sizeWords } from "../formats/cause-words.js";
import { gainJson } from "../formats/guard-json.js";
import { approvalsText } from "../formats/guard-text.js";
import type { ReviewReport } from "./decide.js";
import type { PendingGroup } from "./pending.js";

/** Hotkeys of a group that are named. */
const NAMED = 5;

/** A group of changes as it is asked about. */
export function pendingText(group: PendingGroup, style: ReportStyle): string {
  const { cause, lines, share, changed } = group;
  const words = (text: string) => hanging("  ", style.legible(text), style);
  const named = lines.slice(0, NAMED).map(({ kind, hotkey }) => (kind === "rest" ? `(${hotkey})` : hotkey));
  return [
    hanging(`${style.legible(causeName(cause))}  `, sizeWords(lines, share), style, { lead: style.bold }),
    words(causeMeaning(group)),
    words(gainWords(group)),
    ...(changed.length === 0 ? [] : [words(changedWords(changed.map(({ path, from, to }) => ({ path, a: from, b: to }))).join(", "))]),
    words(`${named.join(", ")}${lines.length > NAMED ? `, and ${lines.length - NAMED} more` : ""}`),
  ].join("\n");
}

const DECIDED = { accept: "accepted", reject: "rejected: the baseline keeps its lines", skip: "to be decided" } as const;

/** What a review did. */
export function reviewText({ scenario, baseline, groups, isWhole, open, approvals }: ReviewReport, style: ReportStyle): string {
  const decided = groups.map(({ cause, decision }) => hanging(`  ${style.legible(causeName(cause))}  `, DECIDED[decision], style));
  const some = groups.some(({ decision }) => decision === "accept");
  const end = isWhole
    ? `The baseline is what the run measured. Commit ${typedPath(baseline)}.`
    : some
      ? `Lines of what was accepted are taken over; the scenario beside them follows when all is accepted. Commit ${typedPath(baseline)}.`
      : "The baseline is as it was.";
  const left = open === 0 ? [] : [`${plural(open, "change")} to be decided: --accept cause:..., --accept all, --reject cause:...`];
  const parts = [
    [style.bold(`Review of ${style.legible(scenario)}`), ...decided].join("\n"),
    [end, ...left].join("\n"),
    approvalsText(approvals, style),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The same as plain data. */
export function reviewJson({ scenario, baseline, groups, isWhole, open, approvals }: ReviewReport) {
  return {
    scenario,
    baseline,
    whole: isWhole,
    open,
    causes: groups.map(({ cause, rule, changed, movedRao, share, figures, lines, decision }) => ({
      cause: causeName(cause),
      rule,
      decision,
      positions: lines.filter(({ kind }) => kind === "position").length,
      moved_rao: movedRao,
      moved_share: share,
      ...gainJson(figures),
      changed,
      hotkeys: lines.map(({ hotkey }) => hotkey),
    })),
    approvals,
  };
}
