import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What results are made by. What only reads them may change. */
const ROOMS = ["engine", "scenarios", "recorders", "studies"];

let known: string | undefined;

/** SHA-256 over the code that computes results: names and bytes of its modules, in the order of their names. */
export function codeHash(): string {
  known ??= hashNow();
  return known;
}

function hashNow(): string {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  // As it runs: built, or in the tests from the sources.
  const isModule = (name: string) => (import.meta.url.endsWith(".ts") ? name.endsWith(".ts") : name.endsWith(".js"));
  const hash = createHash("sha256");
  for (const room of ROOMS) {
    const names = readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
    for (const name of names.filter(isModule).sort())
      hash
        .update(`${room}/${name}\0`)
        .update(readFileSync(join(root, room, name)))
        .update("\0");
  }
  return hash.digest("hex");
}
