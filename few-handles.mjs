import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

/** Node opens all files at once that a module imports, itself or through others; a process may have no more than 64 of anything open. */
const AT_ONCE = 16;

/**
 * Lets joined files that import many others be loaded a few at a time: beside each lies one, `<name>.load.js`, that loads what it imports
 * in the order in which it would be executed, and `import()` of the former goes through that.
 * @param outputs of the metafile of esbuild
 */
export function loadFewAtOnce(outputs) {
  const importsOf = (path, kind) =>
    (outputs[path]?.imports ?? []).filter((one) => one.kind === kind && one.external !== true).map((one) => one.path);
  /** Adds what a file imports, each behind what it imports itself. */
  const inOrder = (path, seen, found) => {
    for (const one of importsOf(path, "import-statement")) {
      if (seen.has(one)) continue;
      seen.add(one);
      inOrder(one, seen, found);
      found.push(one);
    }
    return found;
  };
  const paths = Object.keys(outputs).filter((path) => path.endsWith(".js"));
  const large = new Map();
  for (const path of new Set(paths.flatMap((one) => importsOf(one, "dynamic-import")))) {
    const before = inOrder(path, new Set([path]), []);
    if (before.length > AT_ONCE) large.set(path, before);
  }
  for (const [path, before] of large) {
    const names = before.map((one) => `./${basename(one)}`);
    const batches = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, at) => names.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
    const text = `const batches = ${JSON.stringify(batches)};
export async function load() {
  for (const batch of batches) await Promise.all(batch.map((file) => import(file)));
  return import("./${basename(path)}");
}
`;
    writeFileSync(path.replace(/\.js$/, ".load.js"), text);
  }
  for (const path of paths) {
    const asked = importsOf(path, "dynamic-import").filter((one) => large.has(one));
    if (asked.length === 0) continue;
    let text = readFileSync(path, "utf8");
    for (const one of asked) {
      const name = basename(one);
      text = text.replaceAll(`import("./${name}")`, `import("./${name.replace(/\.js$/, ".load.js")}").then(({ load }) => load())`);
    }
    writeFileSync(path, text);
  }
}
