import { type ColumnBatch, columnIndex, ROLES, type StreamDescription } from "../../engine/index.js";
import type { ChunkSource } from "../run/drive.js";
import { GrowingColumn } from "./growing-column.js";

const MINER = ROLES.indexOf("miner");

/** What streams say of subnets, seen in passing. */
export class SeenSubnets {
  /** Netuids whose miners are paid. */
  readonly paid = new Set<number>();
  /** By netuid. */
  readonly prices = new Map<number, SeenPrices>();
}

/** Prices of a subnet in the order of time, and the streams that tell them, by their places in the run. */
export class SeenPrices {
  readonly timesMs = new GrowingColumn();
  readonly pricesTao = new GrowingColumn();
  readonly streams = new Set<number>();
}

/**
 * A stream of a run of which only the rows of one subnet are taken, so that a recording of many costs no more than one of it. A row that
 * passes stake between two subnets is of both; a swap of keys on all subnets, of each.
 */
export class SubnetSource implements ChunkSource {
  /** @param netuid null: all are taken */
  constructor(
    private readonly inner: ChunkSource,
    private readonly description: StreamDescription,
    private readonly stream: number,
    private readonly netuid: number | null,
    private readonly seen: SeenSubnets,
  ) {}

  async next(): Promise<ColumnBatch | undefined> {
    for (;;) {
      const chunk = await this.inner.next();
      if (chunk === undefined) return undefined;
      this.#note(chunk);
      const taken = this.netuid === null ? chunk : this.#only(chunk, this.netuid);
      if (taken.rows > 0) return taken;
    }
  }

  async close(): Promise<void> {
    await this.inner.close?.();
  }

  #note({ declaration, rows, columns }: ColumnBatch): void {
    const { kind } = this.description;
    if (kind !== "emission" && kind !== "price") return;
    const of = (name: string) => columns[columnIndex(declaration, name)] as Float64Array;
    const netuids = of("netuid");
    if (kind === "emission") {
      const [roles, amounts] = [of("role"), of("amount_rao")];
      for (let row = 0; row < rows; row++) if (roles[row] === MINER && amounts[row] > 0) this.seen.paid.add(netuids[row]);
      return;
    }
    const [times, prices] = [of("time_ms"), of("price_tao_per_alpha")];
    for (let row = 0; row < rows; row++) {
      const netuid = netuids[row];
      if (this.netuid !== null && netuid !== this.netuid) continue;
      const known = this.seen.prices.get(netuid) ?? new SeenPrices();
      this.seen.prices.set(netuid, known);
      known.timesMs.push(times[row]);
      known.pricesTao.push(prices[row]);
      known.streams.add(this.stream);
    }
  }

  #only(chunk: ColumnBatch, netuid: number): ColumnBatch {
    const { declaration, rows, columns } = chunk;
    const at = columnIndex(declaration, "netuid");
    if (at < 0) return chunk;
    const netuids = columns[at] as Float64Array;
    const to = columnIndex(declaration, "to_netuid");
    const toNetuids = to < 0 ? null : (columns[to] as Float64Array);
    const kept: number[] = [];
    for (let row = 0; row < rows; row++) {
      if (netuids[row] === netuid || netuids[row] < 0 || toNetuids?.[row] === netuid) kept.push(row);
    }
    if (kept.length === rows) return chunk;
    return {
      declaration,
      rows: kept.length,
      columns: columns.map((column) => {
        const shorter = column.slice(0, kept.length);
        kept.forEach((row, place) => {
          (shorter as Float64Array)[place] = (column as Float64Array)[row];
        });
        return shorter;
      }),
    };
  }
}
