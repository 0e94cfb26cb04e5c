import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the project, seen from the sources and from what is built of them. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("The benchmark is not inside the project: no package.json above it.");
    folder = parent;
  }
  return folder;
}
