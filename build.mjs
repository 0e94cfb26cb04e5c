// Builds dist/ anew; with --unless-current only where the sources are not those it was built from.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { directImports } from "./direct-imports.mjs";
import { loadFewAtOnce } from "./few-handles.mjs";

const DIST = "dist";
/** The command as people start it: the modules of dist/cli and what they import, joined to few files, which start in half the time. */
const MAIN = "bundle/cli/main.js";
/** Packages that load native code, start threads of their own files, or are so large that they are loaded only where they are needed. */
const NOT_JOINED = ["@duckdb/*", "@polkadot/*", "esbuild", "piscina", "ws"];
const LOCAL_BIN = "node_modules/.bin";
/** Holds the SHA-256 of the sources; written last, so that where it is the build is whole. */
const STAMP = "sources.sha256";
/** Style and script of the pages of reports, which a page carries whole. */
const PAGE = { from: "reports/html/browser", to: "reports/html/bundled" };

process.chdir(fileURLToPath(new URL(".", import.meta.url)));

/** Of all that decides what is built: sources, settings and the versions of the packages. */
function sourcesHash() {
  const { include } = JSON.parse(readFileSync("tsconfig.json", "utf8"));
  const inFolder = (folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name));
  const files = include.flatMap((entry) => (entry.endsWith(".ts") ? [entry] : inFolder(entry))).filter((name) => /\.(ts|css)$/.test(name));
  const hash = createHash("sha256");
  for (const file of [
    "build.mjs",
    "direct-imports.mjs",
    "few-handles.mjs",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    ...files.sort(),
  ]) {
    hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function isCurrent(hash) {
  const stamp = join(DIST, STAMP);
  return existsSync(stamp) && existsSync(join(DIST, MAIN)) && readFileSync(stamp, "utf8") === hash;
}

/** Puts a folder in the place of dist/; another build may do the same meanwhile. */
function replaceDist(made, old) {
  for (;;) {
    try {
      renameSync(DIST, old);
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    rmSync(old, { recursive: true, force: true });
    try {
      renameSync(made, DIST);
      return;
    } catch (error) {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    }
  }
}

/**
 * Joins the modules of the command line, and those that its threads run, which are looked for beside it. It lies as deep in dist/ as
 * the modules that look for others by their own place.
 */
async function joinCommand(made) {
  const workers = ["studies/pool", "recorders"].flatMap((folder) => {
    const names = readdirSync(join(made, folder)).filter((name) => name.endsWith("-worker.js"));
    return names.map((name) => join(made, folder, name));
  });
  const { metafile } = await esbuild.build({
    entryPoints: [join(made, "cli/main.js"), ...workers],
    outdir: join(made, dirname(MAIN)),
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: NOT_JOINED,
    plugins: [directImports],
    // CommonJS packages ask for modules of Node.
    banner: { js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);' },
    logLevel: "warning",
    metafile: true,
  });
  loadFewAtOnce(metafile.outputs);
}

/** Bundles what the pages of reports carry; a page is one file, so that nothing may be left to load. */
function bundlePage(made) {
  esbuild.buildSync({
    entryPoints: [`${PAGE.from}/page.ts`, `${PAGE.from}/page.css`],
    outdir: join(made, PAGE.to),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    // Its licence wants to be where it is.
    banner: { js: `/*! uPlot\n${readFileSync("node_modules/uplot/LICENSE", "utf8").trim()}\n*/` },
  });
}

/** Compiles beside dist/ and puts the whole of it in place, so that a command that starts meanwhile finds all of its files. */
async function build(hash) {
  const made = `.dist-${process.pid}`;
  try {
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.json", "--outDir", made], { stdio: "inherit" });
    if (status !== 0) return status ?? 1;
    bundlePage(made);
    await joinCommand(made);
    for (const main of ["cli/main.js", MAIN]) chmodSync(join(made, main), 0o755);
    writeFileSync(join(made, STAMP), hash);
    replaceDist(made, `${made}-old`);
    return 0;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

const hash = sourcesHash();
if (!process.argv.includes("--unless-current") || !isCurrent(hash)) {
  const status = await build(hash);
  if (status !== 0) process.exit(status);
}

// For scripts of the package and for editors; npx makes a link of its own.
if (process.platform !== "win32" && existsSync(LOCAL_BIN)) {
  rmSync(`${LOCAL_BIN}/tenure`, { force: true });
  symlinkSync(`../../${DIST}/${MAIN}`, `${LOCAL_BIN}/tenure`);
}
