import { describe, expect, it } from "vitest";
import type { ResultTableName } from "../../engine/index.js";
import { numberColumn, type TableSource } from "../../reports/reading/columns.js";
import { TablePasses } from "../../reports/reading/table-passes.js";
import { tableSource } from "./table-source.js";

const EPOCHS = [1, 2, 3, 4, 5].map((epoch) => ({ epoch, position: 0 }));

/** A source that notes which tables are read, in their order. */
function counted(tables: Parameters<typeof tableSource>[0]): { readonly source: TableSource; readonly read: readonly ResultTableName[] } {
  const source = tableSource(tables);
  const read: ResultTableName[] = [];
  return {
    source: {
      tables: source.tables,
      readTable(table, order) {
        read.push(table);
        return source.readTable(table, order);
      },
    },
    read,
  };
}

describe("tables that several ask for", () => {
  it("are read once each, rewards before weights, and everybody is told all rows, and the end behind them", async () => {
    const { source, read } = counted({ weights: EPOCHS, rewards: EPOCHS.slice(0, 3), holdings: [] });
    const passes = new TablePasses(source);
    const heard: string[] = [];
    const follower = (name: string) => ({
      batch: (batch: Parameters<Parameters<TablePasses["follow"]>[1]["batch"]>[0]) =>
        void heard.push(...[...numberColumn(batch, "epoch").subarray(0, batch.rows)].map((epoch) => `${name} ${epoch}`)),
      end: () => void heard.push(`${name} end`),
    });
    passes.follow("weights", follower("w1"));
    passes.follow("weights", follower("w2"));
    passes.follow("rewards", follower("r"));
    passes.follow("holdings", follower("h"));
    await passes.read();
    expect(read).toEqual(["holdings", "rewards", "weights"]);
    const of = (name: string) => heard.filter((one) => one.startsWith(name));
    for (const name of ["w1", "w2"]) expect(of(name)).toEqual([...EPOCHS.map(({ epoch }) => `${name} ${epoch}`), `${name} end`]);
    expect(of("r")).toEqual(["r 1", "r 2", "r 3", "r end"]);
    expect(of("h")).toEqual(["h end"]);
    expect(heard.indexOf("r end")).toBeLessThan(heard.indexOf("w1 1"));
  });

  it("are left alone where they were not recorded, or nobody asks for them", async () => {
    const { source, read } = counted({ weights: EPOCHS, holdings: EPOCHS });
    const passes = new TablePasses(source);
    const heard: string[] = [];
    passes.follow("rewards", { batch: () => void heard.push("batch"), end: () => void heard.push("end") });
    passes.follow("holdings", { batch: () => void heard.push("holdings") });
    await passes.read();
    expect(read).toEqual(["holdings"]);
    expect(heard).toEqual(["holdings", "holdings", "holdings"]);
  });
});
