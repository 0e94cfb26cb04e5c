// A room is asked for by its index, which names all that is in it; joined so, each command would load each room whole. Here names are
// asked for where they are defined, so that a command loads what it needs and no more.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const STATIC = /^import \{ ([^{}]+) \} from "(\.[^"]+\.js)";$/gm;
const DYNAMIC = /const \{ ([^{}]+) \} = await import\("(\.[^"]+\.js)"\)/g;
/** A module of one's own making that only hands on names; it is asked for as `<folder>/<name>?<names>`. */
const NAMED = /\?[\w,]+$/;

/** `a, b as c` (or `b: c` where they are taken apart) as pairs of what it is called there and here. */
function pairsOf(list) {
  return list.split(",").flatMap((entry) => {
    const [there, here = there] = entry.trim().split(/ as |: /);
    return there === "" ? [] : [[there, here]];
  });
}

/** Tells where a name of a module is defined, following what the module only hands on; null: not by a name of its own. */
function definitions() {
  const sources = new Map();
  const sourceOf = (file) => {
    if (!sources.has(file)) sources.set(file, readFileSync(file, "utf8"));
    return sources.get(file);
  };
  return function definitionOf(file, name) {
    const source = sourceOf(file);
    const beside = (path) => join(dirname(file), path);
    if (new RegExp(`^export (?:async )?(?:const|let|class|function\\*?) ${name}\\b`, "m").test(source)) return { file, name };
    for (const [, list, path] of source.matchAll(/^export \{ ([^{}]+) \} from "(\.[^"]+)";$/gm)) {
      const pair = pairsOf(list).find(([, here]) => here === name);
      if (pair !== undefined) return definitionOf(beside(path), pair[0]);
    }
    const whole = source.match(new RegExp(`^export \\* as ${name} from "(\\.[^"]+)";$`, "m"));
    if (whole !== null) return { file: beside(whole[1]), name: "*" };
    for (const [, path] of source.matchAll(/^export \* from "(\.[^"]+)";$/gm)) {
      const found = definitionOf(beside(path), name);
      if (found !== null) return found;
    }
    return null;
  };
}

/** Imports of the modules below a folder go straight to where names are defined. */
export const directImports = {
  name: "direct-imports",
  setup({ onLoad, onResolve }) {
    const definitionOf = definitions();
    /** A statement that takes one name from where it is defined. */
    const taken = (statement, from, [there, here]) => {
      const { file, name } = definitionOf(from, there) ?? { file: from, name: there };
      return `${statement} ${name === "*" ? "*" : `{ ${name}`} as ${here}${name === "*" ? "" : " }"} from ${JSON.stringify(file)};`;
    };
    onLoad({ filter: /\.dist-\d+\/.+\.js$/ }, ({ path }) => {
      const folder = dirname(path);
      const direct = (_, list, from) =>
        pairsOf(list)
          .map((pair) => taken("import", join(folder, from), pair))
          .join(" ");
      const named = (whole, list, from) => {
        const names = [...new Set(pairsOf(list).map(([there]) => there))].sort();
        return whole.replace(JSON.stringify(from), JSON.stringify(`${from}?${names}`));
      };
      return { contents: readFileSync(path, "utf8").replace(STATIC, direct).replace(DYNAMIC, named), loader: "js" };
    });
    onResolve({ filter: NAMED }, ({ path, resolveDir }) => ({ path: join(resolveDir, path), namespace: "named" }));
    onLoad({ filter: NAMED, namespace: "named" }, ({ path }) => {
      const [file, names] = path.split("?");
      const lines = names.split(",").map((name) => taken("export", file, [name, name]));
      return { contents: lines.join("\n"), resolveDir: dirname(file), loader: "js" };
    });
  },
};
