/** The values a key has had: `values[i]` from block `blocks[i]` on, null where the row is absent. */
interface History {
  readonly blocks: number[];
  readonly values: (string | null)[];
}

/** All the state there ever was, by key and block: what an archive node answers from. */
export class Archive {
  readonly #histories = new Map<string, History>();
  readonly #touched: (string[] | undefined)[] = [];
  #sortedKeys: string[] | undefined;

  /** The newest value of a key, `0x` hex. */
  newest(key: string): string | null {
    return this.#histories.get(key)?.values.at(-1) ?? null;
  }

  /** The value of a key at the end of a block. */
  at(key: string, block: number): string | null {
    const history = this.#histories.get(key);
    if (history === undefined) return null;
    const { blocks, values } = history;
    let low = 0;
    let high = blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (blocks[middle] <= block) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? null : values[low - 1];
  }

  /** Writes (or with null deletes) a row in the newest block, which never goes backwards. */
  write(block: number, key: string, value: string | null): void {
    let history = this.#histories.get(key);
    if (history === undefined) {
      if (value === null) return;
      history = { blocks: [], values: [] };
      this.#histories.set(key, history);
      this.#sortedKeys = undefined;
    }
    const last = history.blocks.length - 1;
    if (last >= 0 && history.values[last] === value) return;
    if (last >= 0 && history.blocks[last] === block) {
      history.values[last] = value;
      return;
    }
    history.blocks.push(block);
    history.values.push(value);
    const touched = this.#touched[block];
    if (touched === undefined) this.#touched[block] = [key];
    else touched.push(key);
  }

  /** Forgets what was written after `block`. */
  truncate(block: number): void {
    for (const keys of this.#touched.splice(block + 1)) {
      for (const key of keys ?? []) this.#forget(key, block);
    }
    this.#sortedKeys = undefined;
  }

  /** Up to `count` keys that start with `prefix` and exist at `block`, in order, from the first one behind `after`. */
  keys(prefix: string, count: number, after: string | undefined, block: number): string[] {
    this.#sortedKeys ??= [...this.#histories.keys()].sort();
    const sorted = this.#sortedKeys;
    const found: string[] = [];
    let index = after === undefined || after < prefix ? firstAtLeast(sorted, prefix) : firstAtLeast(sorted, after);
    if (after !== undefined && sorted[index] === after) index += 1;
    for (; index < sorted.length && found.length < count && sorted[index].startsWith(prefix); index++) {
      if (this.at(sorted[index], block) !== null) found.push(sorted[index]);
    }
    return found;
  }

  #forget(key: string, block: number): void {
    const history = this.#histories.get(key);
    if (history === undefined) return;
    while (history.blocks.length > 0 && history.blocks[history.blocks.length - 1] > block) {
      history.blocks.pop();
      history.values.pop();
    }
    if (history.blocks.length === 0) this.#histories.delete(key);
  }
}

function firstAtLeast(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
