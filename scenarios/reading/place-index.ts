import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair, type YAMLMap } from "yaml";
import type { Place } from "../../engine/index.js";

/** Keys and list indices from the top. */
export type Path = readonly (string | number)[];

/** The node that a path leads to, as far as it exists. */
interface Found {
  /** Null where the key has no value, or the path ends early. */
  readonly value: Node | null;
  /** The key node, for keys of mappings. */
  readonly key: Node | null;
  /** How many steps of the path exist. */
  readonly steps: number;
}

/** A text that values came from: the scenario file, or the value of one `--set`. */
interface Source {
  /** Where in the scenario the text stands; empty for the file itself. */
  readonly at: Path;
  readonly file: string;
  readonly document: Document;
  /** Null: positions inside the text mean nothing to the reader. */
  readonly lines: LineCounter | null;
}

/** Pairs of a mapping by their keys, made when the mapping is first asked: a walk a key through all of them would be quadratic. */
const PAIRS = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
/** What aliases name: the library looks through the whole document for it each time. */
const TARGETS = new WeakMap<Node, Node | null>();

/** Where each key and value of a scenario was written. */
export class PlaceIndex {
  readonly #sources: Source[] = [];

  /** Adds a text; a later one hides what earlier ones say at its path. */
  add(source: Source): void {
    this.#sources.unshift(source);
  }

  /**
   * The place of a value, or of a key; where the path does not exist, of the nearest thing around it.
   * @param what `key`: the key itself, for keys that should not be there
   */
  place(path: Path, what: "key" | "value"): Place {
    const source = this.#sourceOf(path);
    const dotted = path.join(".");
    if (source === undefined) return { path: dotted };
    const node = this.#nodeFor(source, path, what);
    const at = source.lines === null || node?.range == null ? undefined : source.lines.linePos(node.range[0]);
    const position = source.lines === null ? {} : { line: at?.line ?? 1, column: at?.col ?? 1 };
    return { file: source.file, ...position, ...(dotted === "" ? {} : { path: dotted }) };
  }

  /** The text of a scalar as it was written; undefined when the path leads to none. */
  sourceText(path: Path): string | undefined {
    const source = this.#sourceOf(path);
    if (source === undefined) return undefined;
    const inside = path.slice(source.at.length);
    const { value, steps } = walk(source.document, inside);
    return steps === inside.length && isScalar(value) && typeof value.source === "string" ? value.source : undefined;
  }

  #sourceOf(path: Path): Source | undefined {
    const holds = this.#sources.find(({ at }) => leads(at, path));
    if (holds === undefined || walk(holds.document, path.slice(holds.at.length)).steps === path.length - holds.at.length) return holds;
    // A setting deeper down may have made the mappings on the way to it.
    return this.#sources.find(({ at }) => at.length > 0 && leads(path, at)) ?? holds;
  }

  #nodeFor(source: Source, path: Path, what: "key" | "value"): Node | null {
    const inside = path.slice(source.at.length);
    const { value, key, steps } = walk(source.document, inside);
    if (what === "key") return key ?? value;
    // What is missing is shown at the key of the mapping that should hold it.
    if (steps < inside.length && isCollection(value)) return key ?? value;
    return value ?? key;
  }
}

/** Does `path` pass through `at`? */
function leads(at: Path, path: Path): boolean {
  return at.every((step, index) => String(step) === String(path[index]));
}

function walk(document: Document, path: Path): Found {
  let value = resolved(document, document.contents as Node | null);
  let key: Node | null = null;
  let steps = 0;
  for (const step of path) {
    let next: Node | null;
    let nextKey: Node | null = null;
    if (isMap(value)) {
      const pair = pairOf(value, String(step));
      if (pair === undefined) break;
      nextKey = pair.key as Node | null;
      next = pair.value as Node | null;
    } else if (isSeq(value)) {
      if (!(Number(step) in value.items)) break;
      next = value.items[Number(step)] as Node | null;
    } else break;
    key = nextKey;
    value = resolved(document, next);
    steps += 1;
    if (value === null) break;
  }
  return { value: value ?? null, key, steps };
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  let pairs = PAIRS.get(map);
  if (pairs === undefined) {
    const byName = new Map<string, Pair>();
    for (const pair of map.items) {
      const key = String(isScalar(pair.key) ? pair.key.value : pair.key);
      if (!byName.has(key)) byName.set(key, pair);
    }
    pairs = byName;
    PAIRS.set(map, pairs);
  }
  return pairs.get(name);
}

function resolved(document: Document, node: Node | null): Node | null {
  if (!isAlias(node)) return isScalar(node) || isCollection(node) ? node : null;
  let target = TARGETS.get(node);
  if (target === undefined) {
    target = node.resolve(document) ?? null;
    TARGETS.set(node, target);
  }
  return target;
}
