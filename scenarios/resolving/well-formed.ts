import { type AmountRange, InvariantError } from "../../engine/index.js";
import { amountRao } from "../schema/amount.js";
import type { AmountSpreadInput } from "../schema/amount-spread.js";
import { durationMs } from "../schema/duration.js";
import { instantMs } from "../schema/instant.js";

/** Rao of an amount that the schema has checked. */
export function rao(tokens: number | string): number {
  const found = amountRao(tokens);
  if (found === null) throw new InvariantError(`${tokens} is no amount`);
  return found;
}

/** Milliseconds of a time span that the schema has checked. */
export function spanMs(text: string): number {
  const found = durationMs(text);
  if (found === null) throw new InvariantError(`${text} is no time span`);
  return found;
}

/** Unix milliseconds of an instant that the schema has checked. */
export function momentMs(instant: string): number {
  const found = instantMs(instant);
  if (found === null) throw new InvariantError(`${instant} is no instant`);
  return found;
}

/** An amount, or two between which each draws its own. */
export function amountRange(spread: AmountSpreadInput): AmountRange {
  if (typeof spread === "object") return { fromRao: rao(spread.from), toRao: rao(spread.to), spread: spread.spread };
  const fromRao = rao(spread);
  return { fromRao, toRao: fromRao, spread: "uniform" };
}
