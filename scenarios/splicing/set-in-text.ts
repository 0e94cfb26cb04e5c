import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { type Place, TenureError } from "../../engine/index.js";
import { type Container, keyOf, stepsIn } from "../reading/overrides.js";
import { expandShorthand, shortFormKey } from "../reading/shorthand.js";
import { readYaml } from "../reading/yaml-text.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { behindDeeperComments, contentEnd, gapAfter, gapAt, indentationOf, indentationStep, type LineGap, lineEnd } from "./block-map.js";
import { repeatedNodes } from "./repeated-nodes.js";
import { valueText } from "./value-text.js";

/** A part of a text and what comes in its place. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * Sets one value in a scenario's text. Whether the text then says what it should is for the caller to check.
 * @param steps of a path that the scenario has, or can be given
 */
export function setInText(text: string, file: string, steps: readonly string[], value: number | string | boolean): string {
  const { from, to, text: written } = new Splice(text, file, steps, value).edit();
  return text.slice(0, from) + written + text.slice(to);
}

class Splice {
  readonly #contents: Node | null;
  readonly #lines: LineCounter;
  readonly #data: Record<string, unknown>;
  readonly #repeated: ReadonlyMap<Node, string>;
  readonly #value: string;

  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly steps: readonly string[],
    value: number | string | boolean,
  ) {
    const { document, lines, value: data, errors } = readYaml(text, file, true);
    this.#lines = lines;
    if (errors.length > 0) throw this.#refused(null);
    this.#contents = document.contents as Node | null;
    this.#data = data as Record<string, unknown>;
    expandShorthand(this.#data);
    this.#repeated = repeatedNodes(document);
    this.#value = valueText(value, document.directives?.yaml.version === "1.1" ? "1.1" : "1.2");
  }

  edit(): Edit {
    let node = this.#contents;
    let data: unknown = this.#data;
    /** The mapping and its entry that lead to the node; null in a list, and at the top. */
    let entry: { readonly map: YAMLMap; readonly pair: Pair } | null = null;
    const path: (string | number)[] = [];
    const steps = stepsIn(this.#data, this.steps);
    for (const [at, step] of steps.entries()) {
      const container = (typeof data === "object" && data !== null ? data : {}) as Container;
      const key = keyOf(container, path, step);
      if (key === undefined) throw this.#refused(node);
      if (isAlias(node)) throw this.#repeats(node, node.source);
      this.#refuseRepeated(node);
      const rest = steps.slice(at);
      if (isMap(node)) {
        const pair = node.items.find((one) => nameOf(one.key) === String(key));
        if (pair === undefined) return this.#added(node, rest);
        entry = { map: node, pair };
        node = pair.value as Node | null;
      } else if (isSeq(node)) {
        entry = null;
        const item: unknown = node.items[Number(key)];
        if (isPair(item)) throw this.#refused(node);
        node = item as Node | null;
      } else {
        const short = shortFormKey(path);
        if (isScalar(node) && node.value !== null && short !== undefined) return this.#writtenOut(node, short, rest);
        return this.#newSection(node, entry, rest);
      }
      path.push(key);
      data = (container as Record<string | number, unknown>)[key];
    }
    return this.#replaced(node, entry);
  }

  /** The value in the place of another. An alias is replaced itself: what it repeats stays. */
  #replaced(node: Node | null, entry: { readonly pair: Pair } | null): Edit {
    if (node === null) return this.#after(entry?.pair.key as Node | null, this.#value);
    this.#refuseRepeated(node);
    this.#refuseRepeatedInside(node);
    if (isEmpty(node)) return this.#intoEmpty(node, this.#value);
    return { from: this.#startOf(node), to: contentEnd(this.text, node), text: this.#value };
  }

  /** `emission: replay` becomes `emission: { mode: replay, withdrawals: absolute }`; where the word itself is set, it stays one. */
  #writtenOut(node: Scalar, short: string, steps: readonly string[]): Edit {
    const [from, to] = [this.#startOf(node), contentEnd(this.text, node)];
    if (steps.length === 1 && steps[0] === short) return { from, to, text: this.#value };
    return { from, to, text: `{ ${short}: ${this.text.slice(from, to)}, ${this.#flowKeys(steps)} }` };
  }

  /** A mapping in the place of nothing: on lines of its own below its key where that stands in a block, else between brackets. */
  #newSection(node: Node | null, entry: { readonly map: YAMLMap; readonly pair: Pair } | null, steps: readonly string[]): Edit {
    const brackets = `{ ${this.#flowKeys(steps)} }`;
    if (node === null) return this.#after(entry?.pair.key as Node | null, brackets);
    if (!isEmpty(node)) return { from: this.#startOf(node), to: contentEnd(this.text, node), text: brackets };
    const gap = gapAt(this.text, this.#startOf(node));
    if (entry === null || entry.map.flow === true || gap === null) return this.#intoEmpty(node, brackets);
    const outer = indentationOf(this.text, entry.map);
    if (outer === null) throw this.#refused(node);
    return this.#linesAt(gap, outer + indentationStep(this.text, this.#contents), steps);
  }

  /** A key that a mapping does not have, after its last one. */
  #added(map: YAMLMap, steps: readonly string[]): Edit {
    if (map.flow === true) return this.#addedInBrackets(map, steps);
    const indentation = indentationOf(this.text, map);
    const gap = gapAfter(this.text, map);
    if (indentation === null || gap === null) throw this.#refused(map);
    return this.#linesAt(behindDeeperComments(this.text, gap, indentation), indentation, steps);
  }

  #addedInBrackets(map: YAMLMap, steps: readonly string[]): Edit {
    const start = this.#startOf(map);
    // `[a: 1]` is a list of a mapping that has no brackets of its own.
    if (this.text[start] !== "{") throw this.#refused(map);
    const keys = this.#flowKeys(steps);
    const last = map.items.at(-1);
    if (last === undefined) {
      const isTight = this.text[start + 1] === "}";
      return { from: start + 1, to: start + 1, text: isTight ? ` ${keys} ` : ` ${keys}` };
    }
    const end = this.#endIn(last);
    const before = this.text.slice(this.text.lastIndexOf("\n", end - 1) + 1, end);
    const own = (last.key as Node | null)?.range?.[0] ?? end;
    const indentation = /^[ \t]*/.exec(before)?.[0] ?? "";
    // Where each key has a line of its own, so has the new one; a comment stays on the line of the key that it is about.
    const hasOwnLine =
      own === end - before.length + indentation.length && map.items.length > 1 && /^[ \t]*,?[ \t]*\r?\n/.test(this.text.slice(end));
    if (!hasOwnLine) return { from: end, to: end, text: `, ${keys}` };
    return { from: end, to: end, text: `,${lineEnd(this.text, end).lineBreak}${indentation}${keys}` };
  }

  /** The end of an entry between brackets. */
  #endIn({ key, value }: Pair): number {
    const node = (value ?? key) as Node | null;
    if (node?.range == null) throw this.#refused(null);
    return isEmpty(node) ? this.text.slice(0, node.range[0]).trimEnd().length : contentEnd(this.text, node);
  }

  #linesAt({ at, lineBreak }: LineGap, indentation: string, steps: readonly string[]): Edit {
    const step = indentationStep(this.text, this.#contents);
    const lines = steps.map((name, level) => `${indentation}${step.repeat(level)}${this.#keyText(name)}:`);
    return { from: at, to: at, text: `${lines.map((line) => lineBreak + line).join("")} ${this.#value}` };
  }

  #flowKeys(steps: readonly string[]): string {
    const [first = "", ...rest] = steps;
    return `${this.#keyText(first)}: ${rest.length === 0 ? this.#value : `{ ${this.#flowKeys(rest)} }`}`;
  }

  #keyText(name: string): string {
    return valueText(name, "1.1");
  }

  /** A value for a key that has neither one nor a colon: `{ vesting, seed: 1 }`. */
  #after(key: Node | null, written: string): Edit {
    if (key?.range == null) throw this.#refused(null);
    const [, end] = key.range;
    return { from: end, to: end, text: `: ${written}` };
  }

  /** A value where none is written: apart from the colon before it and a comment after it. */
  #intoEmpty(node: Node, written: string): Edit {
    const at = this.#startOf(node);
    const before = /[ \t]/.test(this.text[at - 1] ?? " ") ? "" : " ";
    const after = /[#},\]]/.test(this.text[at] ?? "") && this.text[at] !== "," ? " " : "";
    return { from: at, to: at, text: before + written + after };
  }

  #startOf(node: Node): number {
    if (node.range == null) throw this.#refused(null);
    return node.range[0];
  }

  #refuseRepeated(node: Node | null): void {
    const anchor = node === null ? undefined : this.#repeated.get(node);
    if (node !== null && anchor !== undefined) throw this.#repeats(node, anchor);
  }

  #refuseRepeatedInside(node: Node): void {
    if (!isCollection(node)) return;
    for (const item of node.items) {
      for (const inner of isPair(item) ? [item.key, item.value] : [item]) {
        if (inner == null) continue;
        this.#refuseRepeated(inner as Node);
        this.#refuseRepeatedInside(inner as Node);
      }
    }
  }

  #repeats(node: Node, anchor: string): TenureError {
    return new TenureError({
      code: SCENARIO_CODES.repeatedPlace,
      what: "A value cannot be written here: the same text says something else, too.",
      place: this.#placeOf(node),
      found: isAlias(node) ? `*${anchor}` : `&${anchor}, which an alias repeats`,
      allowed: "a key that stands for itself alone",
      hint: `Write out what *${anchor} repeats wherever it stands, and set the value then.`,
    });
  }

  #refused(node: Node | null): TenureError {
    return notSpliced(this.#placeOf(node), this.steps.join("."));
  }

  #placeOf(node: Node | null): Place {
    const path = this.steps.join(".");
    if (node?.range == null) return { file: this.file, path };
    const { line, col } = this.#lines.linePos(node.range[0]);
    return { file: this.file, line, column: col, path };
  }
}

/** A text of a form in which a value cannot be set. */
export function notSpliced(place: Place, found: string): TenureError {
  return new TenureError({
    code: SCENARIO_CODES.notSpliced,
    what: "A value cannot be written into this text so that it says what it says with --set, and nothing else.",
    place,
    found,
    allowed: "keys in plain mappings, one a line or between { and }",
    hint: "Write the section around it one key a line and without ?, tags and merged keys; or leave the file as it is, and run it with --set.",
  });
}

function nameOf(key: unknown): string {
  if (!isScalar(key)) return String(key);
  // As an object has it.
  return key.value === null ? "" : String(key.value);
}

/** Is nothing written of the node? */
function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null && node.range != null && node.range[0] === node.range[1];
}
