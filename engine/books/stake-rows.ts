/** Netuids have 16 bits. */
const NETUIDS = 65_536;

/** How many rows of stake streams each subnet has that go to no other. */
export class StakeRows {
  private readonly rows = new Float64Array(NETUIDS);

  /** @param toNetuid -1: the same; a row that goes to another subnet is of both, and counts for neither */
  add(netuid: number, toNetuid: number): void {
    if (netuid >= 0 && (toNetuid < 0 || toNetuid === netuid)) this.rows[netuid] += 1;
  }

  of(netuid: number): number {
    return this.rows[netuid];
  }
}
