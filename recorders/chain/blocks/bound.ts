import { TenureError } from "../../../engine/index.js";
import { instantMs } from "../../../scenarios/index.js";

const BOUND = "a block number, or a time such as 2025-10-01 or 2025-10-01T12:00:00Z";

/** A bound as it was given: a block, an instant, or the head of the chain. */
export type Bound = { readonly block: number } | { readonly timeMs: number } | "head";

/**
 * Reads `--from` and `--to`.
 * @param option its name, for the refusal
 * @throws TenureError `TEN-CHAIN-020`
 */
export function parseBound(text: string, option: "--from"): Exclude<Bound, "head">;
export function parseBound(text: string, option: "--to"): Bound;
export function parseBound(text: string, option: "--from" | "--to"): Bound {
  if (text === "head" && option === "--to") return "head";
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return { block: Number(text) };
  const timeMs = instantMs(text);
  if (timeMs !== null) return { timeMs };
  throw new TenureError({
    code: "TEN-CHAIN-020",
    what: "This is neither a block nor a time.",
    place: { path: option },
    found: text,
    allowed: option === "--to" ? `${BOUND}, or head` : BOUND,
  });
}
