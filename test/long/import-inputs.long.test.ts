import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { tenure } from "../e2e/tenure.js";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";

const temporaryFolder = useTemporaryFolders();
const run = promisify(execFile);
const PRICES = "time_ms,netuid,price_tao_per_alpha\n1735689600000,1,0.5\n";

async function refusalOf(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await tenure([...args, "--json"], folder);
  expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: "" });
  return JSON.parse(stderr).error as { code: string; found: unknown };
}

// What never ends, or waits for somebody who writes: a command that reads it would not come back.
describe.skipIf(process.platform === "win32")("what is no file is refused and not waited for:", () => {
  it("a pipe, a socket, a device and a folder as the table", async () => {
    const folder = await temporaryFolder();
    const formats = ["csv", "csv.gz", "json", "parquet", "arrow"];
    await run(
      "mkfifo",
      formats.map((format) => join(folder, `pipe.${format}`)),
    );
    await symlink("/dev/zero", join(folder, "zero.csv"));
    await symlink("/dev/zero", join(folder, "zero.json.gz"));
    await mkdir(join(folder, "folder.csv"));
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(folder, "socket.csv"), done));
    try {
      const names = [...formats.map((format) => `pipe.${format}`), "zero.csv", "zero.json.gz", "folder.csv", "socket.csv", "/dev/zero"];
      for (const name of names) {
        const refusal = await refusalOf(folder, "import", "table", name, "--kind", "price");
        expect([name, refusal.code]).toEqual([name, "TEN-IMPORT-001"]);
      }
    } finally {
      await new Promise((done) => server.close(done));
    }
  });

  it("a pipe or a device inside a folder that is read", async () => {
    const folder = await temporaryFolder();
    for (const name of ["taostats", "tao20/prices", "recording", "run", "endless"]) await mkdir(join(folder, name), { recursive: true });
    const pipes = [
      "taostats/stake_balance.json",
      "tao20/prices/emissions_v2_20250101.json",
      "recording/manifest.json",
      "run/manifest.json",
    ];
    await run(
      "mkfifo",
      pipes.map((name) => join(folder, name)),
    );
    await symlink("/dev/zero", join(folder, "endless/manifest.json"));
    await writeFile(join(folder, "p.csv"), PRICES);
    for (const [code, ...args] of [
      ["TEN-IMPORT-001", "import", "taostats", "taostats"],
      ["TEN-IMPORT-001", "import", "tao20", "tao20"],
      ["TEN-STREAM-016", "import", "table", "p.csv", "--kind", "price", "--into", "recording"],
      ["TEN-STREAM-016", "import", "table", "p.csv", "--kind", "price", "--out", "endless"],
      ["TEN-RESULT-002", "import", "run", "run"],
      ["TEN-RESULT-002", "import", "run", "endless"],
      ["TEN-RESULT-002", "verify", "run"],
    ] as const) {
      const refusal = await refusalOf(folder, ...args);
      expect([args, refusal.code]).toEqual([args, code]);
    }
  });

  it("a pipe in the place of a stream's file", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "p.csv"), PRICES);
    expect(await tenure(["import", "table", "p.csv", "--kind", "price", "--out", "r", "--quiet"], folder)).toMatchObject({ code: 0 });
    await run("rm", [join(folder, "r/price.arrow")]);
    await run("mkfifo", [join(folder, "r/price.arrow")]);
    await writeFile(join(folder, "w.csv"), "time_ms,netuid,emission_rate\n1735689600000,1,0.5\n");
    const refusal = await refusalOf(folder, "import", "table", "w.csv", "--kind", "emission_rate", "--into", "r");
    expect(refusal.code).toMatch(/^TEN-STREAM-0(07|16)$/);
    // The same table again: what stands there is compared with it.
    expect((await refusalOf(folder, "import", "table", "p.csv", "--kind", "price", "--out", "r")).code).toBe("TEN-STREAM-016");
  });
});

it("an import says whether it changed anything, and whether its stream says that it ends", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "p.csv"), PRICES);
  const table = tableFromArrays({
    time_ms: Float64Array.of(1735689600000),
    netuid: Int32Array.of(1),
    price_tao_per_alpha: Float64Array.of(1),
  });
  await writeFile(join(folder, "cut.arrow"), tableToIPC(table, "stream").subarray(0, -8));
  const imported = async (file: string, ...more: string[]) => {
    const { code, stdout } = await tenure(["import", "table", file, "--kind", "price", "--out", "r", ...more], folder);
    expect(code).toBe(0);
    return stdout;
  };
  expect(JSON.parse(await imported("p.csv", "--json"))).toMatchObject({ unchanged: false, ends_unmarked: false });
  expect(JSON.parse(await imported("p.csv", "--json"))).toMatchObject({ unchanged: true });
  expect(await imported("p.csv")).toMatch(/^Already imported table: nothing has changed in r\n/);
  const cut = JSON.parse(await imported("cut.arrow", "--json"));
  expect(cut).toMatchObject({ unchanged: false, ends_unmarked: true });
  expect(cut.warnings.join()).toMatch(/without its end mark; if it was cut, rows are missing: 1 rows? read/);
});
