import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json, whether this runs as TypeScript or as built. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder) throw new Error("no package.json above the golden runner");
    folder = above;
  }
  return folder;
}

/** Where shared data lies: the folder that TENURE_SHARED names, else `../shared` beside the project. */
export function sharedFolder(): string {
  return process.env.TENURE_SHARED ?? join(projectRoot(), "..", "shared");
}
