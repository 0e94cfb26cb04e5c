/** What the work of hotkeys is worth where a stream tells it: the latest of each, by number of the hotkey (`registry.keys`). */
export class Scores {
  readonly #told = new Map<number, { score: number; ms: number }>();
  /** Numbers beside the score, by name. */
  readonly #columns = new Map<string, Map<number, number>>();

  /** @param column null: the score itself */
  set(key: number, column: string | null, value: number, timeMs: number): void {
    if (column === null) {
      this.#told.set(key, { score: value, ms: timeMs });
      return;
    }
    let values = this.#columns.get(column);
    if (values === undefined) {
      values = new Map();
      this.#columns.set(column, values);
    }
    values.set(key, value);
  }

  /** NaN: none was told. */
  scoreOf(key: number): number {
    return this.#told.get(key)?.score ?? Number.NaN;
  }

  /** When the score was told, Unix ms; -1: none was. */
  toldMs(key: number): number {
    return this.#told.get(key)?.ms ?? -1;
  }

  /** A number beside the score; NaN: none was told. */
  columnOf(key: number, column: string): number {
    return this.#columns.get(column)?.get(key) ?? Number.NaN;
  }
}
