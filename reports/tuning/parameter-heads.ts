/**
 * Paths as heads of columns: as much of the end of each as tells it from the others.
 * @param paths all different
 */
export function parameterHeads(paths: readonly string[]): readonly string[] {
  const parts = paths.map((path) => path.split("."));
  const longest = Math.max(1, ...parts.map((own) => own.length));
  for (let count = 1; count < longest; count++) {
    const heads = parts.map((own) => own.slice(-count).join("."));
    if (new Set(heads).size === heads.length) return heads;
  }
  return paths;
}
