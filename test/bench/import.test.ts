import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { writePriceFiles } from "../../bench/import/price-files.js";
import { importTao20 } from "../../recorders/index.js";

const folder = await mkdtemp(join(tmpdir(), "tenure-bench-test-"));
afterAll(() => rm(folder, { recursive: true }));

it("made-up price files are whole days that the importer takes without a complaint", async () => {
  const input = join(folder, "tao20");
  const files = await writePriceFiles(input, 2);
  const names = await readdir(join(input, "prices"));
  expect(names).toEqual(["emissions_v2_20250905.json", "emissions_v2_20250906.json"]);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(input, "prices", name))).size));
  expect(sizes.reduce((sum, size) => sum + size)).toBe(files.bytes);
  expect(files.observations).toBe(2 * 720 * 128);

  const { manifest, warnings } = await importTao20(input, { out: join(folder, "recording") });
  expect(Object.keys(manifest.streams)).toEqual(["price"]);
  expect(manifest.streams.price?.rows).toBe(files.observations);
  // Nothing but that the other kinds are not there.
  expect(warnings).toEqual([expect.stringMatching(/no emission rates/), expect.stringMatching(/no published weights/)]);
});
