import { type Place, TenureError } from "../kernel/errors.js";
import { MAX_RAO } from "../kernel/money.js";
import type { StreamCursor } from "./stream-cursor.js";

/** Where a row stands. */
export function placeOf({ description, before }: StreamCursor, row: number): Place {
  return { stream: description.name, row: before + row };
}

/** The refusal of an amount in column `amount_rao` or its like. */
export function refuseAmount(cursor: StreamCursor, row: number, block: number, found: number): never {
  throw new TenureError({
    code: "TEN-LEDGER-002",
    what: "An amount is not a whole number of rao in range.",
    place: { ...placeOf(cursor, row), block },
    found,
    allowed: `whole rao from 0 to ${MAX_RAO} (2^53 - 1)`,
    hint: "Amounts are integers of rao: 1 token is 1000000000.",
  });
}

/** Refuses a price that is none. */
export function requirePrice(cursor: StreamCursor, row: number, price: number): void {
  if (price > 0 && price < Number.POSITIVE_INFINITY) return;
  throw new TenureError({
    code: "TEN-MARKET-001",
    what: "A price is not a finite number above 0.",
    place: placeOf(cursor, row),
    found: price,
    allowed: "finite and above 0",
  });
}

/** Refuses pay, balances and ends of epochs of a subnet that is simulated: a recording of them would be a second one. */
export class SimulatedSubnets {
  constructor(private readonly netuids: ReadonlySet<number>) {}

  refuse(cursor: StreamCursor, row: number, netuid: number): void {
    if (!this.netuids.has(netuid)) return;
    throw new TenureError({
      code: "TEN-INDEX-113",
      what:
        cursor.kind === "epoch_marks"
          ? "A stream marks the ends of epochs of a subnet whose epochs are simulated."
          : "A stream holds pay or balances of a subnet whose pay is simulated.",
      place: placeOf(cursor, row),
      found: netuid,
      allowed: "price and stake rows of that netuid",
      hint: "Give the simulated subnet another netuid, or leave the stream out.",
    });
  }
}
