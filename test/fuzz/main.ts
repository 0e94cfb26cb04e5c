import { parseArgs } from "node:util";
import { EngineLedger } from "./engine-ledger.js";
import { formatFailure, fuzz } from "./fuzz.js";

const USAGE = "Usage: npm run fuzz -- [--events 1000000] [--seed <whole number>] [--path <path of a failure>]";

function main(): number {
  let values: { events?: string; seed?: string; path?: string };
  try {
    values = parseArgs({ options: { events: { type: "string" }, seed: { type: "string" }, path: { type: "string" } } }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const events = Number(values.events ?? "1000000");
  if (!Number.isSafeInteger(events) || events < 1) return refuse(`--events must be a whole number above 0, not ${values.events}`);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  if (!Number.isInteger(seed) || seed !== (seed | 0)) return refuse(`--seed must be a whole number of 32 bits, not ${values.seed}`);
  if (values.path !== undefined && !/^\d+(:\d+)*$/.test(values.path))
    return refuse(`--path must be numbers joined by colons, not ${values.path}`);

  console.log(`fuzzing the ledger against the auditor: ${events} events, seed ${seed}`);
  const startMs = Date.now();
  let toldMs = startMs;
  const report = fuzz((setup) => new EngineLedger(setup), {
    events,
    seed,
    ...(values.path === undefined ? {} : { path: values.path }),
    onProgress: (done) => {
      if (Date.now() - toldMs < 2_000) return;
      toldMs = Date.now();
      console.log(`${done} events, ${Math.round((done / (toldMs - startMs)) * 1000)} a second`);
    },
  });
  if (report.failure !== null) {
    console.error(formatFailure(report.failure));
    return 1;
  }
  console.log(`${report.events} events in ${report.sequences} sequences agree (${((Date.now() - startMs) / 1000).toFixed(1)} s)`);
  return 0;
}

function refuse(what: string): number {
  console.error(`${what}\n${USAGE}`);
  return 2;
}

process.exitCode = main();
