import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as recorders from "../../recorders/index.js";
import * as scenarios from "../../scenarios/index.js";
import { compareBuilds } from "./compare-builds.js";
import { movedIn, readDigestFile, writeDigestFile } from "./digest-file.js";
import { type Build, shippedDigest, smallDigests } from "./digest-of.js";
import { missingFor, SHIPPED_SCENARIOS } from "./shipped-scenarios.js";
import { SMALL_SCENARIOS } from "./small-scenarios.js";

const USAGE = `Usage: npm run digests                                    compare every scenario of the net with digests.yaml
       npm run digests -- --because "<reason>"            write those that moved, with the reason
       npm run digests -- --against <project> [--scenarios 200] [--seed <whole number>]
                                                         compare random scenarios with another, built, state of the project`;

const tenure: Build = { scenarios, recorders };

async function main(): Promise<number> {
  let values: { because?: string; against?: string; scenarios?: string; seed?: string };
  try {
    const text = { type: "string" } as const;
    values = parseArgs({ options: { because: text, against: text, scenarios: text, seed: text } }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const { because, against } = values;
  if (because?.trim() === "") return refuse("--because needs a reason");
  if (against === undefined) return net(because);
  const [count, seed] = [Number(values.scenarios ?? 200), Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))];
  if (!Number.isSafeInteger(count) || count < 1) return refuse(`--scenarios must be a whole number above 0, not ${values.scenarios}`);
  if (!Number.isInteger(seed) || seed !== (seed | 0)) return refuse(`--seed must be a whole number of 32 bits, not ${values.seed}`);
  const room = (name: string) => import(pathToFileURL(join(resolve(against), "dist", name, "index.js")).href);
  const other: Build = { scenarios: await room("scenarios"), recorders: await room("recorders") };
  return compareBuilds(tenure, other, { count, seed, onLine: (line) => console.log(line) });
}

/** Compares the net with its file, or writes it. */
async function net(because: string | undefined): Promise<number> {
  const file = await readDigestFile();
  const found = await smallDigests(tenure, SMALL_SCENARIOS);
  for (const scenario of SHIPPED_SCENARIOS) {
    const missing = missingFor(scenario);
    if (missing === null) found.set(scenario.name, await shippedDigest(tenure, scenario));
    else console.log(`skipped ${scenario.name}: there is no ${missing}`);
  }
  const moved = movedIn(file, found);
  for (const name of moved) console.log(`${name}: ${file.digests[name] ?? "new"} -> ${found.get(name)}`);
  console.log(`${found.size - moved.length} of ${found.size} scenarios give what they gave.`);
  if (moved.length === 0) return 0;
  if (because === undefined) return 1;
  await writeDigestFile(file, found, because);
  console.log("digests.yaml is written.");
  return 0;
}

function refuse(what: string): number {
  console.error(`${what}\n${USAGE}`);
  return 2;
}

process.exitCode = await main();
