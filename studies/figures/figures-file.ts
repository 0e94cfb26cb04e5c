import { ArrowTableWriter, ROWS_PER_BATCH, readArrowTable, type TableFile } from "../../recorders/index.js";
import { FIGURES_TABLE, type FigureRow } from "./figures-table.js";

/** Writes the rows in their order; the same rows give the same bytes. */
export async function writeFigures(path: string, rows: readonly FigureRow[]): Promise<TableFile> {
  const writer = await ArrowTableWriter.create(path, FIGURES_TABLE);
  try {
    for (let start = 0; start < rows.length; start += ROWS_PER_BATCH) {
      const some = rows.slice(start, start + ROWS_PER_BATCH);
      await writer.append({
        declaration: FIGURES_TABLE,
        rows: some.length,
        columns: [
          Int32Array.from(some, ({ replicate }) => replicate),
          some.map(({ figure }) => figure),
          some.map(({ unit }) => unit),
          Float64Array.from(some, ({ value }) => value),
        ],
      });
    }
    return await writer.close();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

export async function readFigures(path: string): Promise<FigureRow[]> {
  const rows: FigureRow[] = [];
  for await (const { rows: count, columns } of readArrowTable(path, FIGURES_TABLE)) {
    const [replicates, figures, units, values] = columns;
    for (let row = 0; row < count; row++) {
      rows.push({
        replicate: replicates[row] as number,
        figure: figures[row] as string,
        unit: units[row] as string,
        value: values[row] as number,
      });
    }
  }
  return rows;
}
