import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./tenure.js";

/**
 * What the compiler says of files that import what was built, by file.
 * @param imports where names of packages lead, from the root of the project
 */
export function typeErrors(files: readonly string[], imports: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
    paths: Object.fromEntries(Object.entries(imports).map(([name, path]) => [name, [join(ROOT, path)]])),
  });
  return files.map((file) =>
    program.getSemanticDiagnostics(program.getSourceFile(file)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
  );
}
