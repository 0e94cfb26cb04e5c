import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeNewFile } from "../../cli/write-new-file.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tenure-new-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("a new file is written whole, with the folders it needs and nothing else", async () => {
  await writeNewFile(join(folder, "a", "b.txt"), "text");
  expect(await readFile(join(folder, "a", "b.txt"), "utf8")).toBe("text");
  expect(await readdir(join(folder, "a"))).toEqual(["b.txt"]);
});

it("a file that is there is left alone", async () => {
  await writeFile(join(folder, "b.txt"), "old");
  await expect(writeNewFile(join(folder, "b.txt"), "new")).rejects.toThrow("TEN-CLI-004");
  expect(await readFile(join(folder, "b.txt"), "utf8")).toBe("old");
  expect(await readdir(folder)).toEqual(["b.txt"]);
});
