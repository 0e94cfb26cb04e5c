import { isCollection, isMap, isPair, isScalar, type Node, type YAMLMap } from "yaml";

/** Blanks that stand before something on its line, and dashes of lists. */
const BEFORE_KEY = /^\u{feff}?([ \t-]*)$/u;
const BLANK = /^[ \t]*$/;
const COMMENT = /^[ \t]*#/;
/** Of a block scalar that keeps the empty lines at its end. */
const KEEPS_LINES = /^[|>]\d?\+/;

/** What stands before each key of a block mapping, in spaces; null where that cannot be told. */
export function indentationOf(text: string, map: YAMLMap): string | null {
  for (const { key } of map.items) {
    const from = (key as Node | null)?.range?.[0];
    if (from === undefined) continue;
    const before = BEFORE_KEY.exec(text.slice(text.lastIndexOf("\n", from - 1) + 1, from));
    if (before !== null) return " ".repeat(before[1]?.length ?? 0);
  }
  return null;
}

/** By how many spaces the sections of a document are indented; 2 where there is none. */
export function indentationStep(text: string, contents: unknown): string {
  if (isMap(contents) && contents.flow !== true) {
    const outer = indentationOf(text, contents)?.length ?? 0;
    for (const { value } of contents.items) {
      if (!isMap(value) || value.flow === true) continue;
      const inner = indentationOf(text, value)?.length ?? 0;
      if (inner > outer) return " ".repeat(inner - outer);
    }
  }
  return "  ";
}

/** The end of what is written of a node: blanks, comments and empty lines after it do not belong to it. */
export function contentEnd(text: string, node: Node): number {
  const [from, to] = node.range ?? [0, 0];
  if (isCollection(node) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    const inner = isPair(last) ? ((last.value ?? last.key) as Node | null) : (last as Node | null | undefined);
    return inner == null ? to : contentEnd(text, inner);
  }
  if (!isScalar(node) || (node.type !== "BLOCK_LITERAL" && node.type !== "BLOCK_FOLDED")) return to;
  return from + text.slice(from, to).trimEnd().length;
}

/** Where lines can be put in, and the break that ends lines there. */
export interface LineGap {
  /** Before the break of a line, or at the end of the text. */
  readonly at: number;
  readonly lineBreak: "\n" | "\r\n";
}

/**
 * The gap after the line on which the content of a block node ends; null where something else stands on that line.
 */
export function gapAfter(text: string, node: Node): LineGap | null {
  const [from, to] = node.range ?? [0, 0];
  const end = contentEnd(text, node);
  const leaf = lastLeaf(node);
  if (isScalar(leaf) && KEEPS_LINES.test(text.slice(leaf.range?.[0] ?? from))) {
    // Its last line break, too, is its own: what comes after it begins on the next line.
    const kept = leaf.range?.[1] ?? to;
    const lineBreak = /(\r?\n)?$/.exec(text.slice(from, kept))?.[0] ?? "";
    return gapAt(text, kept - lineBreak.length);
  }
  return gapAt(text, end);
}

/** The gap at the end of the line of a place; null where something but a comment follows on the line. */
export function gapAt(text: string, offset: number): LineGap | null {
  const { at, lineBreak } = lineEnd(text, offset);
  const rest = text.slice(offset, at);
  return BLANK.test(rest) || COMMENT.test(rest) ? { at, lineBreak } : null;
}

/** Moves a gap behind lines of comments that are indented deeper, which belong to what stands above them. */
export function behindDeeperComments(text: string, gap: LineGap, indentation: string): LineGap {
  let found = gap;
  for (let at = gap.at; at < text.length; ) {
    const start = text.indexOf("\n", at) + 1;
    if (start === 0 || start >= text.length) break;
    const end = lineEnd(text, start);
    const line = text.slice(start, end.at);
    if (COMMENT.test(line) && line.startsWith(`${indentation} `)) found = end;
    else if (!BLANK.test(line)) break;
    at = end.at;
  }
  return found;
}

/** The end of the line of a place, and how it ends. */
export function lineEnd(text: string, offset: number): LineGap {
  const next = text.indexOf("\n", offset);
  if (next !== -1) return text[next - 1] === "\r" && next > offset ? { at: next - 1, lineBreak: "\r\n" } : { at: next, lineBreak: "\n" };
  // The last line has no break of its own: lines end as those before it.
  return { at: text.length, lineBreak: text.includes("\r\n") ? "\r\n" : "\n" };
}

function lastLeaf(node: Node): Node {
  if (!isCollection(node) || node.flow === true) return node;
  const last: unknown = node.items.at(-1);
  const inner = isPair(last) ? ((last.value ?? last.key) as Node | null) : (last as Node | null | undefined);
  return inner == null ? node : lastLeaf(inner);
}
