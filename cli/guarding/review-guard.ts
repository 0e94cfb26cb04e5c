import { createInterface } from "node:readline/promises";
import {
  baselineFolder,
  type Decision,
  decide,
  inCi,
  openReview,
  type PendingGroup,
  pendingText,
  reviewJson,
  reviewText,
  statedDecisions,
} from "../../reports/index.js";
import { loadScenario } from "../../scenarios/index.js";
import type { Context } from "../context.js";
import { EXIT } from "../exit-codes.js";
import { formatJson } from "../json.js";
import { reportStyle } from "../report-style.js";
import type { GuardReviewOptions } from "./guard-options.js";
import { isCi, whoAmI } from "./who.js";

/** Shows what a failed guard left and carries out what is decided on it. */
export async function reviewGuard(given: string, options: GuardReviewOptions, context: Context): Promise<void> {
  const { baseline, accept = [], reject = [], by = whoAmI(), json, quiet } = options;
  const { terminal } = context;
  if (accept.length > 0 && isCi()) throw inCi("--accept");
  const scenario = loadScenario(given);
  const review = await openReview(
    baseline ?? baselineFolder(scenario),
    scenario.configuration.name,
    (replaced) => loadScenario(given, replaced).resolved,
  );
  const { groups } = review.pending;
  const isStated = accept.length > 0 || reject.length > 0;
  const stated = statedDecisions(groups, { accept, reject: reject.map((cause) => (cause === true ? "all" : cause)) });
  const undecided = groups.filter(({ isRejected }) => !isRejected);
  const isAsked = !isStated && json !== true && quiet !== true && process.stdin.isTTY === true && process.stdout.isTTY === true && !isCi();
  const style = reportStyle(terminal);
  if (json !== true && quiet !== true && !isAsked) for (const group of undecided) terminal.stdout(`${pendingText(group, style)}\n\n`);
  const decisions = isAsked ? await ask(undecided, context) : stated;
  const report = await decide(review, ({ cause }) => decisions.get(cause) ?? "skip", { by, at: new Date().toISOString() });
  if (!report.isWhole) context.exitCode = EXIT.checkFailed;
  if (json === true) terminal.stdout(formatJson(reviewJson(report)));
  else if (quiet !== true) terminal.stdout(reviewText(report, style));
}

const ANSWERS: Readonly<Record<string, Decision>> = {
  a: "accept",
  accept: "accept",
  r: "reject",
  reject: "reject",
  s: "skip",
  skip: "skip",
  "": "skip",
};

/** Asks a person about each group; what the input ends before is skipped. */
async function ask(groups: readonly PendingGroup[], { terminal }: Context): Promise<ReadonlyMap<string, Decision>> {
  const decisions = new Map<string, Decision>();
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-D, or Ctrl-C: nothing more is decided.
  const ended = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  try {
    for (const group of groups) {
      terminal.stdout(`${pendingText(group, reportStyle(terminal))}\n`);
      for (;;) {
        const answer = await Promise.race([lines.question("  accept, reject or skip? [a/r/S] "), ended]);
        if (answer === null) return decisions;
        const decision = ANSWERS[answer.trim().toLowerCase()];
        if (decision === undefined) continue;
        decisions.set(group.cause, decision);
        break;
      }
    }
    return decisions;
  } finally {
    lines.close();
  }
}
