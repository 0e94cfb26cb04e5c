import type { Cell } from "./table-source.js";

/** A spreadsheet shows six digits of a number in its general format, `%e` writes seven; times of today have thirteen. */
const MOST_ROUNDED_DIGITS = 7;
const WITH_EXPONENT = /^\s*\+?(\d*\.?\d*)e/i;

/** Watches times that are written with an exponent, and says when all of them look rounded by what wrote them. */
export class TimeDoubt {
  #example: string | undefined;
  #isExact = false;

  see(cell: Cell): void {
    if (this.#isExact || typeof cell !== "string") return;
    const digits = WITH_EXPONENT.exec(cell)?.[1].replace(".", "").replace(/^0+/, "");
    if (digits === undefined) return;
    if (digits.length > MOST_ROUNDED_DIGITS) this.#isExact = true;
    this.#example ??= cell.trim();
  }

  notes(): string[] {
    if (this.#example === undefined || this.#isExact) return [];
    return [
      `Times are written with an exponent and few digits (${this.#example}): what was finer is lost if a spreadsheet rounded them; export them again as whole numbers or as yyyy-mm-dd hh:mm:ss.`,
    ];
  }
}
