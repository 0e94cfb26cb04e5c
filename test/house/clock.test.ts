import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";

const folder = resolve(import.meta.dirname, "..");

/** What reads the time of the machine, or sets it a limit: a test that does fails on a faster or a busier one. */
const CLOCK = /performance\.now|Date\.now|\bsetTimeout\b|\bsetInterval\b|AbortSignal\.timeout|\btimeout:|^\s*\}, [\d_]+\);/gm;

/** Where it decides nothing. */
const ALLOWED: Readonly<Record<string, string>> = {
  "chain/main.ts": "a local chain whose head moves on",
  "chain/server/start-chain-server.ts": "answers that come late",
  "cli/progress.test.ts": "a bar draws itself by a timer of its library; the limit is that of the test",
  "e2e/report-page.test.ts": "looks again and again until a drawing is another one",
  "e2e/tenure.ts": "looks again and again until a state is reached",
  "fuzz/main.ts": "tells how far it is",
  "house/lint.test.ts": "what the linter forbids",
  "recorders/folder/folder-lock.test.ts": "the age of a file",
  "recorders/chain/other-fork.test.ts": "drives a clock of the test's own",
  "recorders/plug-ins/rule-file.test.ts": "what a rule cannot call",
  "recorders/run/drive.test.ts": "a timer that must get its turn, however late",
};

it("no test waits for the clock or is measured by it", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.replaceAll("\\", "/"));
  const found = files.flatMap((name) => {
    const words = readFileSync(join(folder, name), "utf8").match(CLOCK) ?? [];
    return words.length === 0 ? [] : [{ name, words }];
  });
  expect(found.filter(({ name }) => !Object.hasOwn(ALLOWED, name))).toEqual([]);
  // What is allowed is there: the list does not grow old.
  expect(Object.keys(ALLOWED).filter((name) => !found.some((one) => one.name === name))).toEqual([]);
});
