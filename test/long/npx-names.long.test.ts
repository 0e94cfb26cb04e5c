import { execFile } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { MAIN } from "../e2e/tenure.js";
import { written } from "../recorders/importers/import-table.js";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";

const temporaryFolder = useTemporaryFolders();
const execute = promisify(execFile);

/** A folder with Tenure installed in it, and tables whose only row names its subnet. */
async function installed(tables: Readonly<Record<string, number>>): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
  await symlink(MAIN, join(folder, "node_modules/.bin/tenure"));
  await written(folder, "package.json", '{ "name": "work", "private": true }\n');
  for (const [name, netuid] of Object.entries(tables)) {
    await written(folder, name, `time_ms,netuid,price_tao_per_alpha\n1735689600000,${netuid},0.5\n`);
  }
  return folder;
}

async function netuidsRead(folder: string, command: string, ...words: string[]): Promise<readonly number[]> {
  const environment = {
    ...process.env,
    npm_config_cache: join(folder, "cache"),
    npm_config_offline: "true",
    npm_config_update_notifier: "false",
  };
  const { stdout } = await execute(command, [...words, "--kind", "price", "--out", "out", "--json"], { cwd: folder, env: environment });
  return JSON.parse(stdout).source.netuids;
}

// Windows needs a script in the place of the link.
it.skipIf(process.platform === "win32")(
  "names with blanks and quotes come through npx; with brackets where nothing matches them",
  async () => {
    const tables = { "a b.csv": 1, "it's.csv": 2, "export[1].csv": 3, "$HOME.csv": 4 };
    const folder = await installed(tables);
    for (const [name, netuid] of Object.entries(tables)) {
      expect([name, await netuidsRead(folder, "npx", "tenure", "import", "table", name)]).toEqual([name, [netuid]]);
    }
  },
);

it.skipIf(process.platform === "win32")(
  "names with brackets are taken letter by letter by Tenure itself, whatever lies beside them",
  async () => {
    const folder = await installed({ "export[1].csv": 3, "export1.csv": 5 });
    expect(await netuidsRead(folder, "node_modules/.bin/tenure", "import", "table", "export[1].csv")).toEqual([3]);
  },
);
