import { join } from "node:path";
import { ArrowTableWriter, type TableFile } from "../../recorders/index.js";
import type { ComparedPair } from "./compared-pairs.js";
import { FIGURE_PAIRS_TABLE, MINER_PAIRS_TABLE } from "./pair-tables.js";

export const FIGURES_FILE = "figures.arrow";
export const MINERS_FILE = "miners.arrow";

/** The files of a comparison, pair by pair. */
export class PairFiles {
  private constructor(
    private readonly figures: ArrowTableWriter,
    private readonly miners: ArrowTableWriter,
  ) {}

  /** @param dir is there */
  static async create(dir: string): Promise<PairFiles> {
    const figures = await ArrowTableWriter.create(join(dir, FIGURES_FILE), FIGURE_PAIRS_TABLE);
    try {
      return new PairFiles(figures, await ArrowTableWriter.create(join(dir, MINERS_FILE), MINER_PAIRS_TABLE));
    } catch (error) {
      await figures.abandon();
      throw error;
    }
  }

  async write({ replicate, a, b, shift }: ComparedPair): Promise<void> {
    const inB = new Map(b.figures.map((figure) => [figure.name, figure.value]));
    const both = a.figures.flatMap(({ name, unit, value }) => {
      const other = inB.get(name);
      return other === undefined ? [] : [{ name, unit, value, other }];
    });
    await this.figures.append({
      declaration: FIGURE_PAIRS_TABLE,
      rows: both.length,
      columns: [
        new Int32Array(both.length).fill(replicate),
        both.map(({ name }) => name),
        both.map(({ unit }) => unit),
        Float64Array.from(both, ({ value }) => value),
        Float64Array.from(both, ({ other }) => other),
        Float64Array.from(both, ({ value, other }) => other - value),
      ],
    });
    const { miners } = shift;
    await this.miners.append({
      declaration: MINER_PAIRS_TABLE,
      rows: miners.length,
      columns: [
        new Int32Array(miners.length).fill(replicate),
        Int32Array.from(miners, ({ netuid }) => netuid),
        miners.map(({ hotkey }) => hotkey),
        Uint8Array.from(miners, ({ aRao }) => (aRao === null ? 0 : 1)),
        Uint8Array.from(miners, ({ bRao }) => (bRao === null ? 0 : 1)),
        miners.map(({ aRao }) => String(aRao ?? 0n)),
        miners.map(({ bRao }) => String(bRao ?? 0n)),
        miners.map(({ changeRao }) => String(changeRao)),
      ],
    });
  }

  async close(): Promise<{ readonly figures: TableFile; readonly miners: TableFile }> {
    return { figures: await this.figures.close(), miners: await this.miners.close() };
  }

  /** Closes the files as they are. */
  async abandon(): Promise<void> {
    await this.figures.abandon();
    await this.miners.abandon();
  }
}
