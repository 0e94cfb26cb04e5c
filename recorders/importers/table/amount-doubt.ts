import type { AmountUnit } from "../amounts.js";
import type { Cell } from "./table-source.js";

/** 0.001 alpha: a file in which no amount reaches it is more likely one of whole tokens. */
const TINY_RAO = 1_000_000;

/** Watches amounts that were taken for rao though nobody said so, and says when they look like whole tokens. */
export class AmountDoubt {
  #amounts = 0;
  #withPoint = 0;
  #largestRao = 0;

  /** @param unit as it was stated; undefined: it was not, and rao were taken */
  constructor(readonly unit: AmountUnit | undefined) {}

  see(cell: Cell, rao: number): void {
    if (this.unit !== undefined || cell === null) return;
    this.#amounts++;
    if (typeof cell === "string" && cell.includes(".")) this.#withPoint++;
    if (rao > this.#largestRao) this.#largestRao = rao;
  }

  notes(): string[] {
    if (this.#amounts === 0 || this.#largestRao === 0) return [];
    const advice =
      "they are taken as rao; are they whole tokens? --unit alpha or --unit tao multiplies by 1000000000, --unit rao says that they are rao.";
    if (this.#withPoint === this.#amounts) return [`All amounts are written with a decimal point: ${advice}`];
    if (this.#largestRao < TINY_RAO) return [`The largest amount is ${this.#largestRao}, less than 0.001 alpha: ${advice}`];
    return [];
  }
}
