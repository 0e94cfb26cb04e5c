import { ExactSum } from "../../engine/index.js";

/** An exact sum of whole amounts, and of how many. */
export class RaoSum extends ExactSum {
  rows = 0;

  /** @param rao whole, 0 to 2^53 - 1 */
  override add(rao: number): void {
    this.rows++;
    super.add(rao);
  }
}
