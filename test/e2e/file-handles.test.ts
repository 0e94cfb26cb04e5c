import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MAIN, workFolder } from "./tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

/** With no more than 64 files open at once. */
function few(command: string): Promise<{ code: number; stderr: string }> {
  const tenure = `${JSON.stringify(process.execPath)} ${JSON.stringify(MAIN)}`;
  return new Promise((resolve) => {
    execFile("sh", ["-c", `ulimit -n 64 && exec ${tenure} ${command}`], { cwd: folder.path }, (error, _stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stderr });
    });
  });
}

// Windows has no such limit.
it.skipIf(process.platform === "win32")("a run is made, reported, explained and compared with 64 file handles", async () => {
  const fine = { code: 0, stderr: "" };
  expect(await few("run burn-and-rank --set time.days=1 --out run --no-duckdb --quiet")).toEqual(fine);
  expect(await few(`report run --out ${join(folder.path, "page.html")} --quiet`)).toEqual(fine);
  expect(await few("explain run --position 0 --epoch last --quiet")).toEqual(fine);
  expect(await few("compare run run --quiet")).toEqual(fine);
});
