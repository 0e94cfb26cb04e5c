import type { Outputs } from "../books/outputs.js";
import type { Subnet } from "../books/subnet.js";
import { ExactSum } from "../kernel/money.js";
import { RESIDUAL_ROWS, REST_ROWS, type ResidualRow } from "../tables/vocabularies/rest-rows.js";

/** What a list of stages sends elsewhere than to miners: counted over the run, and written down epoch by epoch. */
export class Residuals {
  readonly totalRao = Object.fromEntries(RESIDUAL_ROWS.map((row) => [row, new ExactSum()])) as Readonly<Record<ResidualRow, ExactSum>>;

  constructor(private readonly outputs: Outputs) {}

  /**
   * Takes an epoch.
   * @param share of the pot, and `amountRao`: by row of `REST_ROWS`, behind `first` others
   * @returns their sum, rao, without what was `unallocated`
   */
  take(subnet: Subnet, share: Float64Array, amountRao: Float64Array, first: number): number {
    const table = this.outputs.tables.residuals;
    const { netuid } = subnet.configuration;
    let sum = 0;
    for (const goesTo of RESIDUAL_ROWS) {
      const at = first + REST_ROWS.indexOf(goesTo);
      if (amountRao[at] === 0) continue;
      sum += amountRao[at];
      this.totalRao[goesTo].add(amountRao[at]);
      table?.write({ netuid, epoch: subnet.epoch, goesTo, share: share[at], amountRao: amountRao[at] });
    }
    return sum;
  }

  /** By row, in words of decimals. */
  summary(): Readonly<Record<ResidualRow, string>> {
    return Object.fromEntries(RESIDUAL_ROWS.map((row) => [row, this.totalRao[row].toString()])) as Record<ResidualRow, string>;
  }
}
