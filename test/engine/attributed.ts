import { AddressBook, type AttributionFigures, attributeEmission, type ColumnBatch, STREAMS } from "../../engine/index.js";
import { chunksOf, describeStream, type MemoryStream, type Row, rowsOf } from "./in-memory.js";

export interface Attributed {
  readonly emission: readonly Row[];
  readonly stake: readonly Row[];
  readonly figures: AttributionFigures;
}

/** What attribution makes of stake and balances rows in memory; addresses and choices come back by name. */
export function attributed(streams: readonly MemoryStream[]): Attributed {
  const addresses = new AddressBook();
  const chunks = streams.map((stream) => chunksOf(stream, addresses));
  const attribution = attributeEmission(streams.map(describeStream), addresses);
  const rows: Record<"emission" | "stake", Row[]> = { emission: [], stake: [] };
  let answer: ColumnBatch | undefined;
  for (;;) {
    const step = attribution.next(answer);
    answer = undefined;
    if (step.done === true) return { ...rows, figures: step.value };
    if (step.value.kind === "need") answer = chunks[step.value.stream].next().value ?? undefined;
    else
      rows[step.value.kind].push(...rowsOf(step.value.batch).map((row) => named(step.value.kind as "emission" | "stake", row, addresses)));
  }
}

/** The row with addresses instead of ids; columns that say "none" are left out. */
function named(kind: "emission" | "stake", row: Row, addresses: AddressBook): Row {
  return Object.fromEntries(
    STREAMS[kind].columns
      .filter((column) => column.optional !== true || row[column.name] !== column.missing)
      .map((column) => [column.name, column.type === "address" ? addresses.nameOf(Number(row[column.name])) : row[column.name]]),
  );
}
