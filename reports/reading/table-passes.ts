import type { ColumnBatch } from "../../engine/index.js";
import type { TableSource } from "./columns.js";

/** Is told of the rows of a table, batch by batch in their order. The columns of a batch hold other rows once the next one comes. */
export interface TableFollower {
  batch(batch: ColumnBatch): void;
  /** No batch comes any more; not called where the run did not record the table. */
  end?(): void;
}

/** The tables that grow with miners and epochs, in the order they are read: what an epoch's pot was is known when its weights come. */
const ORDER = ["holdings", "rewards", "weights"] as const;

/** Reads the large tables of a run once, however many ask for their rows: to decode them costs more than what is made of them. */
export class TablePasses {
  readonly #run: TableSource;
  readonly #followers = new Map<(typeof ORDER)[number], TableFollower[]>(ORDER.map((table) => [table, []]));

  constructor(run: TableSource) {
    this.#run = run;
  }

  /** Before `read`. Of a table that was not recorded a follower hears nothing. */
  follow(table: (typeof ORDER)[number], follower: TableFollower): void {
    this.#followers.get(table)?.push(follower);
  }

  /** Once. */
  async read(): Promise<void> {
    for (const table of ORDER) {
      const followers = this.#followers.get(table) ?? [];
      if (followers.length === 0 || !this.#run.tables.includes(table)) continue;
      for await (const batch of this.#run.readTable(table)) for (const follower of followers) follower.batch(batch);
      for (const follower of followers) follower.end?.();
    }
  }
}
