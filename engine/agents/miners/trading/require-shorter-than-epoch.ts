import { TenureError } from "../../../kernel/errors.js";

/** Refuses a time before the end of an epoch that lies before its beginning. @throws TenureError TEN-AGENT-132 */
export function requireShorterThanEpoch(leadMs: number, epochMs: number, path: string): void {
  if (leadMs < epochMs) return;
  throw new TenureError({
    code: "TEN-AGENT-132",
    what: "A time before the end of an epoch lies before its beginning.",
    place: { path },
    found: leadMs,
    allowed: `less than ${epochMs} ms`,
    hint: "An epoch is as long as tempo * 12 s.",
  });
}
