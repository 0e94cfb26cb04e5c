import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, Lexer, type Node } from "yaml";
import { SCENARIO_CODES } from "../schema/error-codes.js";

/** A scenario is a page or two; what is larger than this is something else. A mebibyte. */
export const MOST_CHARACTERS = 1_048_576;
/** Keys and list entries of a text, those that aliases repeat counted each time. */
export const MOST_ENTRIES = 50_000;
/** Mappings and lists inside one another. */
export const MOST_LEVELS = 64;

/** Something that a text has too much of, or that has no end. */
export interface OutOfBounds {
  readonly code: string;
  readonly what: string;
  /** Where in the text, in characters from 0. */
  readonly offset: number;
  readonly found?: unknown;
  readonly allowed: string;
  readonly hint?: string;
}

/** Lexemes of the lexer that are no text: marks of a byte order, a document, an error and a scalar. */
const MARKS = new Set(["\u{feff}", "\u0002", "\u0018", "\u001f"]);

/**
 * What a text has too much of before it is worth reading: its size, its keys and entries, and how deep brackets and dashes
 * nest. One pass over its lexemes that keeps none of them; null when it is of a size that a scenario can have.
 */
export function textOutOfBounds(text: string): OutOfBounds | null {
  if (text.length > MOST_CHARACTERS) return tooLong(text.length);
  let offset = 0;
  let entries = 0;
  let brackets = 0;
  let dashes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (MARKS.has(lexeme)) {
      if (lexeme === "\u001f") dashes = 0;
      if (lexeme === "\u{feff}") offset += 1;
      continue;
    }
    if (lexeme === "-" || lexeme === "?") dashes += 1;
    else if (lexeme === "[" || lexeme === "{") brackets += 1;
    else if (lexeme === "]" || lexeme === "}") brackets -= 1;
    if (lexeme === "-" || lexeme === ":" || lexeme === "," || lexeme === "?") entries += 1;
    else if (lexeme.includes("\n")) dashes = 0;
    if (entries > MOST_ENTRIES) return tooMany(offset);
    if (brackets > MOST_LEVELS || dashes > MOST_LEVELS) return tooDeep(offset);
    offset += lexeme.length;
  }
  return null;
}

function tooLong(found: number): OutOfBounds {
  return {
    code: SCENARIO_CODES.tooLong,
    what: "The text is too long for a scenario.",
    offset: 0,
    found,
    allowed: `at most ${MOST_CHARACTERS} characters (1 MiB)`,
    hint: "Recorded data belongs in a recording: see `tenure import --help`.",
  };
}

function tooMany(offset: number): OutOfBounds {
  return {
    code: SCENARIO_CODES.tooMany,
    what: "The text has too many keys and list entries for a scenario.",
    offset,
    found: `more than ${MOST_ENTRIES}`,
    allowed: `at most ${MOST_ENTRIES}, those that aliases repeat counted each time`,
    hint: "Recorded data belongs in a recording: see `tenure import --help`.",
  };
}

function tooDeep(offset: number): OutOfBounds {
  return {
    code: SCENARIO_CODES.tooDeep,
    what: "Mappings and lists stand too deep inside one another.",
    offset,
    found: `more than ${MOST_LEVELS} levels`,
    allowed: `at most ${MOST_LEVELS} levels`,
    hint: "Close the brackets that are open, or take out levels that say nothing.",
  };
}

/** A key that stands twice in one mapping. */
export interface RepeatedKey {
  readonly key: string;
  readonly offset: number;
}

/** What a walk over a document found. */
export interface DocumentWalk {
  readonly repeated: readonly RepeatedKey[];
  /** Where the walk ended early; null: nowhere. */
  readonly outOfBounds: OutOfBounds | null;
}

/**
 * Walks a document as its reader would, aliases followed, and stops where it would go on for ever or for too long. Each
 * mapping is looked at for keys that stand twice by a set of its keys.
 */
export function walkDocument(document: Document): DocumentWalk {
  const walker = new Walker();
  walker.visit(document.contents as Node | null, 0);
  return walker;
}

class Walker implements DocumentWalk {
  readonly repeated: RepeatedKey[] = [];
  outOfBounds: OutOfBounds | null = null;
  readonly #anchors = new Map<string, Node>();
  /** Collections that are being walked. */
  readonly #inside = new Set<Node>();
  #entries = 0;
  #aliasOffset = -1;

  visit(node: Node | null, level: number): void {
    if (node === null || this.outOfBounds !== null) return;
    if (isAlias(node)) this.#follow(node, level);
    else if (isScalar(node)) this.#anchor(node.anchor, node);
    else if (isMap(node) || isSeq(node)) this.#collection(node, level);
  }

  #collection(node: Node, level: number): void {
    if (!isMap(node) && !isSeq(node)) return;
    if (level >= MOST_LEVELS) {
      this.outOfBounds = tooDeep(this.#offsetOf(node));
      return;
    }
    this.#anchor(node.anchor, node);
    this.#inside.add(node);
    const keys = new Set<string>();
    for (const item of node.items) {
      this.#entries += 1;
      if (this.#entries > MOST_ENTRIES) this.outOfBounds ??= tooMany(this.#offsetOf(node));
      if (this.outOfBounds !== null) break;
      if (isSeq(node)) this.visit(item as Node | null, level + 1);
      else {
        const { key, value } = item as { key: Node | null; value: Node | null };
        this.#key(key, keys);
        this.visit(key, level + 1);
        this.visit(value, level + 1);
      }
    }
    this.#inside.delete(node);
  }

  #key(key: Node | null, keys: Set<string>): void {
    if (!isScalar(key) || this.#aliasOffset !== -1) return;
    const name = String(key.value);
    if (keys.has(name)) this.repeated.push({ key: name, offset: this.#offsetOf(key) });
    keys.add(name);
  }

  #follow(alias: Alias, level: number): void {
    const target = this.#anchors.get(alias.source);
    const offset = this.#offsetOf(alias);
    if (target === undefined) {
      this.outOfBounds = {
        code: SCENARIO_CODES.syntax,
        what: `There is no anchor &${alias.source} before this alias.`,
        offset,
        found: `*${alias.source}`,
        allowed: "the name of an anchor that stands above it",
        hint: "Name it where it is first written (`&name`), or put quotes around a text that begins with *.",
      };
    } else if (this.#inside.has(target)) {
      this.outOfBounds = {
        code: SCENARIO_CODES.endlessAlias,
        what: `The alias *${alias.source} stands inside what it repeats, so it would never end.`,
        offset,
        found: `*${alias.source}`,
        allowed: "an alias of something that ends before it",
        hint: "Write out what it should repeat.",
      };
    } else {
      const outer = this.#aliasOffset;
      if (outer === -1) this.#aliasOffset = offset;
      this.visit(target, level);
      this.#aliasOffset = outer;
    }
  }

  #anchor(name: string | undefined, node: Node): void {
    // What an alias repeats was named where it stands.
    if (name !== undefined && this.#aliasOffset === -1) this.#anchors.set(name, node);
  }

  /** What goes too far inside an alias is the alias's fault. */
  #offsetOf(node: Node): number {
    return this.#aliasOffset === -1 ? (node.range?.[0] ?? 0) : this.#aliasOffset;
  }
}
