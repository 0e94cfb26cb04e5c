import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
/** Left to right: a room imports only rooms before it. */
const ROOMS = ["engine", "scenarios", "recorders", "studies", "reports", "cli"];
/** The packages that the rooms which must be repeatable may take; type imports included. */
const ALLOWED_PACKAGES: Readonly<Record<string, RegExp>> = {
  engine: /^(@stdlib\/|seedrandom$)/,
  scenarios: /^(yaml|zod)$/,
};
/** The files of scenarios/ that know the file system. */
const LOADERS = ["scenarios/reading/scenario-files.ts", "scenarios/reading/shipped-scenarios.ts"];
const LOADER_PACKAGES = /^node:(fs|path|url)$/;

interface Import {
  /** Path of the importing file from the root, with forward slashes. */
  readonly from: string;
  readonly line: number;
  readonly specifier: string;
  /** The file it means, from the root; undefined for a package. */
  readonly target: string | undefined;
  /** `import type`: nothing of it is left when the code runs. */
  readonly typeOnly: boolean;
}

function sourcesOf(room: string): string[] {
  if (!existsSync(join(root, room))) return [];
  return (
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      // Rules of shipped scenarios are no code of the room: each is compiled when a run names it.
      .filter((name) => !(room === "scenarios" && name.startsWith("rules")))
      .map((name) => `${room}/${name.replaceAll("\\", "/")}`)
      .sort()
  );
}

/** The module a statement or call imports from, and whether for types alone. */
function importedBy(node: ts.Node): { specifier: ts.StringLiteral; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier, typeOnly: node.importClause?.isTypeOnly === true };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier, typeOnly: node.isTypeOnly };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    return specifier !== undefined && ts.isStringLiteral(specifier) ? { specifier, typeOnly: false } : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal, typeOnly: true };
  }
  return undefined;
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node) => {
    const imported = importedBy(node);
    if (imported !== undefined) {
      const { text } = imported.specifier;
      found.push({
        from: file,
        line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        specifier: text,
        target: text.startsWith(".")
          ? relative(root, resolve(root, dirname(file), text))
              .replaceAll("\\", "/")
              .replace(/\.js$/, ".ts")
          : undefined,
        typeOnly: imported.typeOnly,
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const roomOf = (path: string) => path.split("/")[0] ?? "";
const describeImport = (at: Import) => `${at.from}:${at.line} imports ${at.specifier}`;
const imports = ROOMS.flatMap(sourcesOf).flatMap(importsOf);

describe("the rooms", () => {
  it("are all read", () => {
    for (const room of ROOMS) expect(imports.some((at) => roomOf(at.from) === room)).toBe(true);
  });

  it("import only rooms to their left", () => {
    const wrong = imports.filter(({ from, target }) => {
      if (target === undefined || roomOf(target) === roomOf(from)) return false;
      const [own, other] = [ROOMS.indexOf(roomOf(from)), ROOMS.indexOf(roomOf(target))];
      return other < 0 || other > own;
    });
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it("import another room only through its index.ts, or what loads at once through its light.ts", () => {
    const wrong = imports.filter(({ from, target }) => {
      if (target === undefined || roomOf(target) === roomOf(from)) return false;
      return target !== `${roomOf(target)}/index.ts` && (roomOf(from) !== "cli" || target !== `${roomOf(target)}/light.ts`);
    });
    expect(wrong.map(describeImport)).toEqual([]);
  });

  it("import only files that exist", () => {
    expect(imports.filter(({ target }) => target !== undefined && !existsSync(join(root, target))).map(describeImport)).toEqual([]);
  });

  it("take only the packages that are allowed where results must be repeatable", () => {
    const wrong = imports.filter(({ from, specifier, target }) => {
      const allowed = ALLOWED_PACKAGES[roomOf(from)];
      if (target !== undefined || allowed === undefined || allowed.test(specifier)) return false;
      return !LOADERS.includes(from) || !LOADER_PACKAGES.test(specifier);
    });
    expect(wrong.map(describeImport)).toEqual([]);
  });

  /** Circles among some of the imports, as `a -> b -> a`. */
  function circlesOf(some: readonly Import[]): string[] {
    const next = new Map<string, string[]>();
    for (const { from, target } of some) if (target !== undefined) next.set(from, [...(next.get(from) ?? []), target]);
    const done = new Set<string>();
    const path: string[] = [];
    const circles: string[] = [];
    const visit = (file: string) => {
      if (path.includes(file)) {
        circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
        return;
      }
      if (done.has(file)) return;
      done.add(file);
      path.push(file);
      for (const target of next.get(file) ?? []) visit(target);
      path.pop();
    };
    for (const file of next.keys()) visit(file);
    return circles;
  }

  it("have no circle of imports", () => {
    expect(circlesOf(imports.filter(({ typeOnly }) => !typeOnly))).toEqual([]);
  });

  it.each(ROOMS)("%s has none of types either", (room) => {
    expect(circlesOf(imports.filter(({ from }) => roomOf(from) === room))).toEqual([]);
  });

  it.each(ROOMS)("%s has none among its folders, nor among the folders of a folder", (room) => {
    for (const depth of [2, 3]) {
      // A folder or file of the room (of a folder of it); index.ts is how a folder is seen from outside.
      const partOf = (path: string) => path.split("/").slice(0, depth).join("/");
      const between = imports.flatMap(({ target, ...at }) => {
        if (target === undefined || roomOf(at.from) !== room || roomOf(target) !== room) return [];
        const [from, to] = [partOf(at.from), partOf(target)];
        const isIndex = [from, to].some((part) => /\/(index|light)\.ts$/.test(part));
        return from === to || isIndex ? [] : [{ ...at, from, target: to }];
      });
      expect(circlesOf(between)).toEqual([]);
    }
  });
});
