import { createHash } from "node:crypto";
import { isBuiltin } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import type { Message, Plugin } from "esbuild";
import { type Place, TenureError } from "../../engine/index.js";
import { ScenarioErrors } from "../../scenarios/index.js";
import { readRuleSource } from "./rule-source.js";

/** A rule and all that it imports, as one text. */
export interface RuleBundle {
  readonly text: string;
  /** Of the text. */
  readonly sha256: string;
}

/** The variable that the text leaves its exports in. */
export const EXPORTS = "__rule";

/**
 * Bundles the file of a rule. Nothing of it is executed. The text depends on the files alone, not on where they lie.
 * @param named as messages call it
 * @throws TenureError `TEN-PLUGIN-001` to `-003` a file that is no rule's, `-004` it does not compile, `-005` it imports what a
 *   rule cannot have, `-006` esbuild cannot be loaded
 */
export async function bundleRule(file: string, named: string): Promise<RuleBundle> {
  const path = resolve(file);
  // What is wrong with the file itself is told better than esbuild can.
  await readRuleSource(path, named, true);
  const { build } = await loadEsbuild();
  try {
    const { outputFiles } = await build({
      entryPoints: [path],
      absWorkingDir: dirname(path),
      bundle: true,
      write: false,
      format: "iife",
      globalName: EXPORTS,
      platform: "neutral",
      mainFields: ["module", "main"],
      target: "es2022",
      // Of `**`, which engines round differently, comes Math.pow; of what waits Promise, which is not there.
      supported: {
        "exponent-operator": false,
        "async-await": false,
        "async-generator": false,
        "for-await": false,
        "dynamic-import": false,
      },
      // Settings of a project around it would change the text.
      tsconfigRaw: {},
      ignoreAnnotations: true,
      charset: "utf8",
      legalComments: "none",
      minifyWhitespace: true,
      logLevel: "silent",
      plugins: [onlyRules(path, named)],
    });
    const [{ text }] = outputFiles;
    return { text, sha256: createHash("sha256").update(text).digest("hex") };
  } catch (error) {
    const { errors } = error as { errors?: readonly Message[] };
    if (!Array.isArray(errors) || errors.length === 0) throw error;
    throw new ScenarioErrors((errors as readonly Message[]).map((message) => refusalOf(message, path, named)));
  }
}

async function loadEsbuild(): Promise<typeof import("esbuild")> {
  // It asks for the working folder, which may be gone; then that is what is wrong.
  process.cwd();
  try {
    return await import("esbuild");
  } catch (error) {
    throw new TenureError({
      code: "TEN-PLUGIN-006",
      what: "The compiler of rules of one's own, esbuild, cannot be loaded.",
      found: error instanceof Error ? error.message : String(error),
      allowed: "an installation with its optional packages",
      hint: "Install Tenure again, without --omit=optional.",
    });
  }
}

/** Reads every file by our own bounds, and refuses imports of what a rule cannot have. */
function onlyRules(entry: string, named: string): Plugin {
  return {
    name: "rules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^.]/ }, ({ path, kind }) => {
        if (kind === "entry-point") return undefined;
        const refusal = refusedImport(path);
        return refusal === null ? undefined : { errors: [{ text: refusal.what, detail: refusal }] };
      });
      onLoad({ filter: /.*/, namespace: "file" }, async ({ path }) => {
        try {
          return await readRuleSource(path, path === entry ? named : shownPath(path, entry, named), path === entry);
        } catch (error) {
          if (!(error instanceof TenureError)) throw error;
          return { errors: [{ text: error.what, detail: error }] };
        }
      });
    },
  };
}

function refusedImport(path: string): TenureError | null {
  const isOwn = path === "tenure" || path.startsWith("tenure/");
  if (!isOwn && !isBuiltin(path) && !/^[a-z][a-z0-9+.-]+:/i.test(path)) return null;
  return new TenureError({
    code: "TEN-PLUGIN-005",
    what: isOwn
      ? "A rule takes types alone from tenure; what it computes with is given to it."
      : "A rule computes from what it is given alone, so that it pays the same on every machine: it cannot import this.",
    found: path,
    allowed: "files of your own, and packages that need no machine",
    hint: isOwn
      ? "Write `import type`, and take helpers as an argument: export default ({ number, min }) => ({ ... })."
      : "State what the rule needs as parameters, under `with` in the scenario.",
  });
}

/** What esbuild says, in our words. */
function refusalOf({ text, location, detail }: Message, entry: string, named: string): TenureError {
  const place: Place = location === null ? { file: named } : placeOf(location, entry, named);
  if (detail instanceof TenureError) {
    const { code, what, found, allowed, hint } = detail;
    const rest = { found, ...(allowed === undefined ? {} : { allowed }), ...(hint === undefined ? {} : { hint }) };
    return new TenureError({ code, what, place, ...rest });
  }
  return new TenureError({
    code: "TEN-PLUGIN-004",
    what: `The rule does not compile: ${text}.`,
    place,
    ...(location === null ? {} : { found: location.lineText.trim() }),
    allowed: "TypeScript or JavaScript, all of whose imports are found",
    hint: "docs/how-to/write-a-rule.md shows a whole rule.",
  });
}

function placeOf({ file, line, column, lineText }: NonNullable<Message["location"]>, entry: string, named: string): Place {
  // Its columns count bytes from 0.
  const before = Buffer.from(lineText).subarray(0, column).toString().length;
  return { file: shownPath(resolve(dirname(entry), file), entry, named), line, column: before + 1 };
}

/** A file as seen from where the scenario names the rule. */
function shownPath(path: string, entry: string, named: string): string {
  if (path === entry) return named;
  const inside = path.startsWith(dirname(entry)) ? path.slice(dirname(entry).length + 1) : basename(path);
  return join(dirname(named), inside);
}
