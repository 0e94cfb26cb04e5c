import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../../..");
const ROOMS = ["engine", "scenarios", "recorders", "studies", "reports", "cli"];
const WHOLE_CODE = /^TEN-[A-Z]+-\d{3}$/;

/** A code as the sources use it. */
export interface ErrorCode {
  readonly code: string;
  /** What is said with it, in each of the places that use it; values are shown as `...`. */
  readonly what: readonly string[];
}

/** All sources of the rooms, from the root. */
export function sourceFiles(): string[] {
  return ROOMS.filter((room) => existsSync(join(root, room))).flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(room, name))
      .sort(),
  );
}

/** The texts in an expression, substitutions shown as `...`. */
function textsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [[node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join("...")];
  const found: string[] = [];
  ts.forEachChild(node, (child) => void found.push(...textsIn(child)));
  return found;
}

const isSentence = (text: string) => /^[A-Z].*\.$/s.test(text);

/** Is it an entry of a list of codes: `unknownKey: "TEN-SCENARIO-004"`? */
function isCodeEntry(entry: ts.ObjectLiteralElementLike): boolean {
  return ts.isPropertyAssignment(entry) && ts.isStringLiteralLike(entry.initializer) && WHOLE_CODE.test(entry.initializer.text);
}

/** The comment above an entry of a list of codes, or its name in words. */
function describeEntry(entry: ts.PropertyAssignment): string {
  const [comment] = ts.getJSDocCommentsAndTags(entry);
  const said = comment === undefined ? undefined : ts.getTextOfJSDocComment(comment.comment);
  const words = entry.name.getText().replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return said ?? `${words[0]?.toUpperCase()}${words.slice(1)}.`;
}

/** What is said where a code stands: the `what` beside it, or the texts given to the same call. */
function sentencesBeside(literal: ts.Node): string[] {
  for (let node = literal; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    if (ts.isPropertyAssignment(parent) && parent.parent.properties.every(isCodeEntry)) return [describeEntry(parent)];
    if (ts.isObjectLiteralExpression(parent)) {
      const called = (name: string) => parent.properties.find((property) => property.name?.getText() === name);
      const meaning = called("meaning");
      // A parameter of a rule: its code is for values out of its range.
      if (meaning !== undefined && ts.isPropertyAssignment(meaning)) return [`Out of range: ${textsIn(meaning.initializer).join("")}`];
      const what = called("what");
      if (what === undefined || !ts.isPropertyAssignment(what)) return [];
      if (ts.isPropertyAccessExpression(what.initializer)) return ["What the refusal behind it says."];
      return textsIn(what.initializer).filter(isSentence);
    }
    if (ts.isCallExpression(parent)) {
      const texts = parent.arguments.filter((argument) => argument !== node).flatMap(textsIn);
      const sentences = texts.filter(isSentence);
      return sentences.length > 0 ? sentences : [texts.join(": ")];
    }
    if (ts.isVariableDeclaration(parent) && parent.initializer === literal) {
      const said = ts.getJSDocCommentsAndTags(parent).map(({ comment }) => ts.getTextOfJSDocComment(comment));
      return said.filter((text) => text !== undefined);
    }
    if (ts.isFunctionLike(parent) || ts.isStatement(parent)) return [];
  }
  return [];
}

/** Every code the sources can refuse with, in order. */
export function errorCodes(): ErrorCode[] {
  const codes = new Map<string, Set<string>>();
  for (const file of sourceFiles()) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node) => {
      if (ts.isStringLiteralLike(node) && WHOLE_CODE.test(node.text)) {
        const said = codes.get(node.text) ?? new Set();
        for (const sentence of sentencesBeside(node)) said.add(sentence);
        codes.set(node.text, said);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, said]) => ({ code, what: [...said].sort() }));
}
