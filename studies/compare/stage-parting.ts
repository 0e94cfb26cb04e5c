import { type ColumnBatch, columnsByName, RESULT_TABLES } from "../../engine/index.js";
import type { OpenRun, RowDifference, ShownRow } from "../../recorders/index.js";
import { isStageList, stagePlaces } from "./stage-places.js";
import type { TableParting } from "./table-parting.js";

const TABLE = RESULT_TABLES.stage_weights;

/**
 * Of two runs whose lists have other stages, where the rows of stages that both have part first: a row beside one of another stage says nothing.
 * @returns the partings with that one; without it where all these rows agree
 */
export async function stagePartings(
  a: OpenRun,
  b: OpenRun,
  parted: readonly TableParting[],
  signal?: AbortSignal,
): Promise<readonly TableParting[]> {
  const places = otherPlaces(a, b);
  if (places === null) return parted;
  const all: TableParting[] = [];
  for (const one of parted) {
    const difference = one.table === "stage_weights" ? await firstStageDifference(a, b, places, signal) : one.difference;
    if (one.table !== "stage_weights" || difference !== null) all.push({ ...one, difference });
  }
  return all;
}

/** The number of a stage in the list of b by that in the list of a, from 1. */
type Numbers = ReadonlyMap<number, number>;

/** Null: the lists have the same stages, place by place, or there are none. */
function otherPlaces(a: OpenRun, b: OpenRun): Numbers | null {
  const [left, right] = [a, b].map(({ manifest }) => (manifest.scenario.resolved as { readonly stages?: unknown }).stages);
  if (!isStageList("stages", left) || !isStageList("stages", right)) return null;
  const places = stagePlaces(left, right);
  if (places.every(({ before, now }) => before === now)) return null;
  return new Map(places.flatMap(({ before, now }) => (before === null || now === null ? [] : [[before + 1, now + 1] as const])));
}

async function firstStageDifference(a: OpenRun, b: OpenRun, numbers: Numbers, signal?: AbortSignal): Promise<RowDifference | null> {
  const [first, second] = [new StageRows(a, new Set(numbers.keys())), new StageRows(b, new Set(numbers.values()))];
  try {
    for (;;) {
      signal?.throwIfAborted();
      const [hasFirst, hasSecond] = [await first.fill(), await second.fill()];
      if (!hasFirst && !hasSecond) return null;
      const ends = {
        row: (hasFirst ? first : second).number,
        first: hasFirst ? first.shown() : null,
        second: hasSecond ? second.shown() : null,
      };
      if (!hasFirst || !hasSecond) return { ...ends, column: null };
      const [one, other] = [ends.first as ShownRow, ends.second as ShownRow];
      const column = TABLE.columns.find(
        ({ name }) => !Object.is(name === "stage" ? numbers.get(Number(one[name])) : one[name], other[name]),
      );
      if (column !== undefined) return { ...ends, column: column.name };
      first.next();
      second.next();
    }
  } finally {
    await first.close();
    await second.close();
  }
}

/** Walks the rows of some stages of a run, a batch in memory. */
class StageRows {
  readonly #batches: AsyncIterator<ColumnBatch>;
  #batch: ColumnBatch | null = null;
  #row = 0;
  /** Rows of the batches before. */
  #behind = 0;

  /** @param stages by their numbers */
  constructor(
    run: OpenRun,
    private readonly stages: ReadonlySet<number>,
  ) {
    this.#batches = run.readTable("stage_weights")[Symbol.asyncIterator]();
  }

  /** Of the row in the table, from 1. */
  get number(): number {
    return this.#behind + this.#row + 1;
  }

  /** Makes sure that a row is there; false at the end. */
  async fill(): Promise<boolean> {
    for (;;) {
      if (this.#batch !== null) {
        const { stage } = columnsByName(TABLE, this.#batch.columns);
        while (this.#row < this.#batch.rows && !this.stages.has(stage[this.#row])) this.#row++;
        if (this.#row < this.#batch.rows) return true;
        this.#behind += this.#batch.rows;
      }
      const next = await this.#batches.next();
      this.#batch = next.done === true ? null : next.value;
      this.#row = 0;
      if (this.#batch === null) return false;
    }
  }

  next(): void {
    this.#row++;
  }

  shown(): ShownRow {
    const columns = this.#batch?.columns ?? [];
    return Object.fromEntries(TABLE.columns.map(({ name }, at) => [name, Number(columns[at][this.#row])]));
  }

  async close(): Promise<void> {
    await this.#batches.return?.(undefined);
  }
}
