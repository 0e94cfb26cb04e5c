// Builds dist/ anew.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const MAIN = "dist/cli/main.js";
const LOCAL_BIN = "node_modules/.bin";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
rmSync("dist", { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.json"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

chmodSync(MAIN, 0o755);
// Without it, the first `npx tenure` in a clone would install the clone into npm's cache and build it once more.
if (process.platform !== "win32" && existsSync(LOCAL_BIN)) {
  rmSync(`${LOCAL_BIN}/tenure`, { force: true });
  symlinkSync(`../../${MAIN}`, `${LOCAL_BIN}/tenure`);
}
