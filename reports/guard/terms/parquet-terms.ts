import { type ParquetColumn, type ParquetRows, withParquet, writeParquet } from "../../../recorders/index.js";
import type { PaidKey } from "../baseline/paid-line.js";
import { paidKeyText } from "../baseline/paid-line.js";
import { type EpochTerms, termsOf } from "./epoch-terms.js";
import type { RuleAsker } from "./rule-asker.js";
import { computedTerms } from "./term-layout.js";

/** Whose terms a row has; the terms follow, a column each. */
const KEYS: readonly ParquetColumn[] = [
  { name: "netuid", type: "INTEGER" },
  { name: "epoch", type: "INTEGER" },
  { name: "end_ms", type: "DOUBLE" },
  { name: "hotkey", type: "VARCHAR" },
  { name: "coldkey", type: "VARCHAR" },
];

/**
 * Writes every term of a run, a row a position and epoch: what it was made of, and the terms of each rule that can be asked.
 * @param epochs makes the epochs anew each time it is called: they are read twice, first for the names of all terms
 */
export async function writeTerms(
  path: string,
  epochs: () => AsyncIterable<EpochTerms>,
  askers: readonly RuleAsker[],
  signal?: AbortSignal,
): Promise<void> {
  const names = await namesOf(epochs(), askers, signal);
  const columns = [...KEYS, ...names.map((name): ParquetColumn => ({ name, type: "DOUBLE" }))];
  async function* rows(): AsyncGenerator<ParquetRows> {
    const run = {};
    for await (const epoch of epochs()) {
      for (const asker of askers) asker.follow?.(epoch, run);
      yield rowsOf(epoch, names, askers);
    }
  }
  await writeParquet(path, columns, rows(), signal);
}

/** The terms that rules are asked for, before the answer that they lead to. */
async function namesOf(epochs: AsyncIterable<EpochTerms>, askers: readonly RuleAsker[], signal?: AbortSignal): Promise<readonly string[]> {
  let ids: readonly string[] = [];
  const asked = new Map<string, Set<string>>(askers.map(({ output }) => [output, new Set()]));
  const run = {};
  for await (const epoch of epochs) {
    signal?.throwIfAborted();
    for (const asker of askers) asker.follow?.(epoch, run);
    ids = [...epoch.columns.keys()];
    for (let at = 0; at < epoch.who.length; at++) {
      for (const [id, output] of askedTerms(epoch, at, askers)) if (!epoch.columns.has(id)) asked.get(output)?.add(id);
    }
  }
  const taken = new Set<string>();
  // DuckDB takes names for one that differ in their case alone.
  const isNew = (id: string) => !taken.has(id.toLowerCase()) && taken.add(id.toLowerCase()) !== undefined;
  return ids.flatMap((id) => [...(asked.get(id) ?? []), id]).filter(isNew);
}

/** Id, output and value of each term that a rule tells of a position. */
function* askedTerms(epoch: EpochTerms, at: number, askers: readonly RuleAsker[]): Generator<readonly [string, string, number]> {
  for (const asker of askers) {
    const told = asker.ask(termsOf(epoch, at));
    for (const { name, value } of computedTerms(told?.terms ?? [])) yield [`${asker.prefix}.${name}`, asker.output, value];
  }
}

function rowsOf(epoch: EpochTerms, names: readonly string[], askers: readonly RuleAsker[]): ParquetRows {
  const { netuid, epoch: number, endMs, who, columns } = epoch;
  const count = who.length;
  const asked = new Map<string, Float64Array>();
  for (let at = 0; at < count; at++) {
    for (const [id, , value] of askedTerms(epoch, at, askers)) {
      const column = asked.get(id) ?? new Float64Array(count).fill(Number.NaN);
      column[at] = value;
      asked.set(id, column);
    }
  }
  const none = new Float64Array(count).fill(Number.NaN);
  return {
    count,
    columns: [
      new Int32Array(count).fill(netuid),
      new Int32Array(count).fill(number),
      new Float64Array(count).fill(endMs),
      who.map(({ hotkey }) => hotkey),
      who.map(({ coldkey }) => coldkey),
      ...names.map((name) => columns.get(name) ?? asked.get(name) ?? none),
    ],
  };
}

/** Reads what `writeTerms` wrote, epoch by epoch, while `use` goes through it. */
export async function withTerms<T>(
  path: string,
  use: (epochs: AsyncGenerator<EpochTerms>, names: readonly string[]) => Promise<T>,
): Promise<T> {
  return withParquet(path, ({ columns, rows }) => {
    const names = columns.slice(KEYS.length).map(({ name }) => name);
    return use(epochsOf(rows, names), names);
  });
}

async function* epochsOf(rows: AsyncIterable<ParquetRows>, names: readonly string[]): AsyncGenerator<EpochTerms> {
  const known = new Map<string, PaidKey>();
  let open: OpenEpoch | null = null;
  for await (const { count, columns } of rows) {
    const [netuid, epoch, endMs, hotkey, coldkey, ...terms] = columns as [
      Int32Array,
      Int32Array,
      Float64Array,
      readonly string[],
      readonly string[],
      ...Float64Array[],
    ];
    for (let row = 0; row < count; row++) {
      if (open === null || open.netuid !== netuid[row] || open.epoch !== epoch[row]) {
        if (open !== null) yield closed(open, names);
        open = { netuid: netuid[row], epoch: epoch[row], endMs: endMs[row], who: [], values: names.map(() => []) };
      }
      const key: PaidKey = { netuid: netuid[row], kind: "position", hotkey: hotkey[row], coldkey: coldkey[row] };
      const text = paidKeyText(key);
      if (!known.has(text)) known.set(text, key);
      open.who.push(known.get(text) ?? key);
      for (let at = 0; at < names.length; at++) open.values[at].push(terms[at][row]);
    }
  }
  if (open !== null) yield closed(open, names);
}

interface OpenEpoch {
  readonly netuid: number;
  readonly epoch: number;
  readonly endMs: number;
  readonly who: PaidKey[];
  readonly values: number[][];
}

function closed({ netuid, epoch, endMs, who, values }: OpenEpoch, names: readonly string[]): EpochTerms {
  return { netuid, epoch, endMs, who, columns: new Map(names.map((name, at) => [name, Float64Array.from(values[at])])) };
}
