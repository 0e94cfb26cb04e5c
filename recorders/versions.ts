import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InvariantError } from "../engine/index.js";

/** Libraries whose code can change the results or the bytes they are written as. */
const LIBRARIES = [
  "apache-arrow",
  "@duckdb/node-bindings",
  "seedrandom",
  "@stdlib/math-base-special-exp",
  "@stdlib/math-base-special-ln",
  "@stdlib/math-base-special-pow",
] as const;

function packageVersion(name: string, startDir: string): string {
  for (let dir = startDir; ; dir = dirname(dir)) {
    try {
      const description: unknown = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
      const { name: found, version } = description as { name?: unknown; version?: unknown };
      if (found === name && typeof version === "string") return version;
    } catch {
      // No description in this folder; the one above may hold it.
    }
    if (dirname(dir) === dir) throw new InvariantError(`the package ${name} has no package.json above ${startDir}`);
  }
}

/** Looked for once: they do not change while it runs. */
let tool: string | undefined;
let libraries: Readonly<Record<string, string>> | undefined;

/** The version of Tenure that is running. */
export function toolVersion(): string {
  tool ??= packageVersion("tenure", dirname(fileURLToPath(import.meta.url)));
  return tool;
}

/** The installed versions of the libraries a result depends on. */
export function libraryVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  libraries ??= Object.fromEntries(LIBRARIES.map((name) => [name, packageVersion(name, dirname(require.resolve(name)))]));
  return { ...libraries };
}
