import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Does the schema say what is allowed? Otherwise the message is zod's own. */
export function isWorded(message: string): boolean {
  return !message.startsWith("Invalid ");
}

/** What the schema says is allowed; empty where it does not say. */
export function allowedBy(issue: Issue): string {
  if (issue.code !== "invalid_union" || isWorded(issue.message)) return isWorded(issue.message) ? issue.message : "";
  const words = issue.errors
    .flatMap((branch) => branch.map((inner) => (inner.path.length === 0 ? allowedBy(inner) : "")))
    .filter((text) => text !== "");
  // A word alone and a mapping of that kind have the same words.
  return [...new Set(words)].join(", or ");
}
