import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashAhead } from "../../recorders/hashing-ahead.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "tenure-hashing-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test("files are hashed in a thread of its own: small, empty, and of more than one piece", async () => {
  const contents = { small: Buffer.from("tenure"), empty: Buffer.alloc(0), pieces: Buffer.alloc((1 << 20) * 2 + 7, 3) };
  for (const [name, bytes] of Object.entries(contents)) await writeFile(join(dir, name), bytes);
  const hashes = hashAhead(Object.keys(contents).map((name) => join(dir, name)));
  for (const [name, bytes] of Object.entries(contents)) {
    expect(await hashes.get(join(dir, name))).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});

test("of a file that cannot be read nothing is said, and those after it are hashed all the same", async () => {
  const [missing, last] = [join(dir, "missing"), join(dir, "last")];
  await writeFile(last, "x");
  const hashes = hashAhead([missing, dir, last]);
  expect(await Promise.all([missing, dir, last].map((path) => hashes.get(path)))).toEqual([
    null,
    null,
    createHash("sha256").update("x").digest("hex"),
  ]);
});
