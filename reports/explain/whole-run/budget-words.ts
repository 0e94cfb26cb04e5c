import type { StageConfiguration } from "../../../engine/index.js";
import type { SpendingNote } from "../../reading/spending-notes.js";
import type { CauseRange } from "./cause.js";

/** Why nothing is paid, though something may be due. */
const UNPAID: Readonly<Record<Exclude<SpendingNote, "paid">, string>> = {
  no_price: "there is no price to pay by",
  stale_price: "the latest price is too old to pay by",
};

/** Why a budget pays a miner another share, where it is not the share that it has before; null: that counts, with what others have. */
export function budgetWords(
  { parameters }: StageConfiguration,
  { before, to }: CauseRange,
  notes: ReadonlyMap<number, SpendingNote>,
): string | null {
  const now = notes.get(to);
  if (now !== undefined && now !== "paid") return `nothing is paid and all stays due: ${UNPAID[now]}`;
  const then = before === null ? undefined : notes.get(before);
  if (then !== undefined && then !== "paid") return "it is paid now: there is a price to pay by, and what was due before still is";
  const { owed } = parameters as { readonly owed?: string };
  return owed === "obligations" ? "what it and others are owed counts, with the price; its share before does not" : null;
}
