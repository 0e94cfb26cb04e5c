import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../../..");

/** A name that the package exports. */
export interface LibraryName {
  readonly name: string;
  /** The heading that it stands under in index.ts. */
  readonly group: string;
  readonly kind: "function" | "class" | "value" | "type";
  /** The first paragraph of its docstring; empty: it has none. */
  readonly meaning: string;
}

const parsed = new Map<string, ts.SourceFile>();
function sourceOf(file: string): ts.SourceFile {
  const known = parsed.get(file) ?? ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  parsed.set(file, known);
  return known;
}

const targetOf = (file: string, node: ts.ExportDeclaration) =>
  join(dirname(file), (node.moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, ".ts"));

/** All names that index.ts exports, in its order. */
export function libraryNames(): readonly LibraryName[] {
  const file = join(root, "index.ts");
  const names: LibraryName[] = [];
  let group = "";
  for (const node of sourceOf(file).statements) {
    if (!ts.isExportDeclaration(node) || node.exportClause === undefined || !ts.isNamedExports(node.exportClause)) {
      throw new Error(`index.ts exports names alone, not ${node.getText()}`);
    }
    const comment = ts.getLeadingCommentRanges(sourceOf(file).text, node.getFullStart())?.at(-1);
    if (comment !== undefined) group = textOf(sourceOf(file).text.slice(comment.pos, comment.end));
    for (const { name, propertyName, isTypeOnly } of node.exportClause.elements) {
      const found = declarationOf(targetOf(file, node), (propertyName ?? name).text);
      if (found === null) throw new Error(`${name.text} is declared nowhere`);
      names.push({ name: name.text, group, ...found, ...(isTypeOnly || node.isTypeOnly ? { kind: "type" as const } : {}) });
    }
  }
  return names;
}

const textOf = (comment: string) =>
  comment
    .replaceAll(/^\/\*\*|\*\/$|^\s*\*/gm, "")
    .replaceAll(/\s+/g, " ")
    .trim();

function declarationOf(file: string, name: string): Pick<LibraryName, "kind" | "meaning"> | null {
  for (const node of sourceOf(file).statements) {
    if (ts.isExportDeclaration(node)) {
      if (node.exportClause !== undefined && ts.isNamedExports(node.exportClause)) {
        const element = node.exportClause.elements.find((one) => one.name.text === name);
        if (element !== undefined) return declarationOf(targetOf(file, node), (element.propertyName ?? element.name).text);
      } else if (node.moduleSpecifier !== undefined) {
        const found = declarationOf(targetOf(file, node), name);
        if (found !== null) return found;
      }
    } else if (ts.isVariableStatement(node)) {
      if (node.declarationList.declarations.some((one) => one.name.getText() === name)) return { kind: "value", meaning: meaningOf(node) };
    } else if (isDeclaration(node) && node.name?.text === name && isExported(node)) {
      const kind = ts.isFunctionDeclaration(node) ? "function" : ts.isClassDeclaration(node) ? "class" : "type";
      return { kind, meaning: meaningOf(node) };
    }
  }
  return null;
}

type Declared = ts.FunctionDeclaration | ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
const isDeclaration = (node: ts.Node): node is Declared =>
  ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
const isExported = (node: Declared) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

function meaningOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node);
  if (doc === undefined || !ts.isJSDoc(doc)) return "";
  return (ts.getTextOfJSDocComment(doc.comment) ?? "")
    .split(/\n\s*\n/)[0]
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The reference of the library, as Markdown. */
export function libraryPage(): string {
  const names = libraryNames();
  const groups = [...new Set(names.map(({ group }) => group))];
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
  return `${[
    "<!-- Made by `npm run docs:reference` from index.ts. Do not edit. -->",
    "# The library",
    'What `import { ... } from "tenure"` has; nothing else of the package can be imported. [Examples](../how-to/library.md). An editor shows parameters and what each can throw.',
    ...groups.map((group) => {
      const rows = names
        .filter((one) => one.group === group)
        .map(({ name, kind, meaning }) => `| \`${name}\` | ${kind} | ${cell(meaning)} |`);
      const [title = "", ...more] = group.replace(/\.$/, "").split(": ");
      return [
        `## ${title}`,
        "",
        ...(more.length === 0 ? [] : [`${capital(more.join(": "))}.`, ""]),
        "| name | kind | meaning |",
        "|---|---|---|",
        ...rows,
      ].join("\n");
    }),
  ].join("\n\n")}\n`;
}

const capital = (text: string) => text[0].toUpperCase() + text.slice(1);
