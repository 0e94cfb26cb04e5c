import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { ROOT } from "./tenure.js";

/** A program that a page shows. */
export interface Example {
  /** Without its ending. */
  readonly name: string;
  readonly text: string;
}

/** The TypeScript of a page; programs that it does not name are numbered. */
export async function examplesOf(page: string): Promise<readonly Example[]> {
  const text = await readFile(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```ts(?: (\S+)\.ts)?\n([\s\S]*?)\n```$/gm)].map(([, name, code = ""], at) => ({
    name: name ?? `example-${at + 1}`,
    text: `${code}\n`,
  }));
}

/**
 * A folder where a package is installed, with programs in it.
 * @param tenure the package: the project itself, or unpacked
 */
export async function projectWith(folder: string, tenure: string, examples: readonly Example[]): Promise<void> {
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await symlink(tenure, join(folder, "node_modules/tenure"));
  for (const beside of ["apache-arrow", "@types"]) await symlink(join(ROOT, "node_modules", beside), join(folder, "node_modules", beside));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }\n');
  for (const { name, text } of examples) await writeFile(join(folder, `${name}.ts`), text);
}

/** What the compiler says of programs, by their names; those that compile have no entry. */
export function faultsOf(folder: string, names: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const files = names.map((name) => join(folder, `${name}.ts`));
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    noUnusedLocals: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    typeRoots: [join(folder, "node_modules/@types")],
  });
  const told = names.map((name, at) => {
    const source = program.getSourceFile(files[at]);
    const all = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return [name, all.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))] as const;
  });
  return Object.fromEntries(told.filter(([, faults]) => faults.length > 0));
}

/** Runs a program to its end. @returns what it printed */
export async function runExample(folder: string, { name, text }: Example): Promise<string> {
  const target = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  await writeFile(join(folder, `${name}.js`), ts.transpileModule(text, { compilerOptions: target }).outputText);
  const { stdout } = await promisify(execFile)(process.execPath, [`${name}.js`], { cwd: folder });
  return stdout;
}
