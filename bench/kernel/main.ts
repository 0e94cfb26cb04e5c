import { runLedgerKernel } from "./ledger-kernel.js";
import { timed } from "./timed-run.js";
import { readWorkload } from "./workload-file.js";

/*
 * main.js <workload file> <runs>: the engine's kernel, run as the C reference is: in a process of its own, a line of JSON
 * for each run.
 */
const [file, runs] = process.argv.slice(2);
const workload = await readWorkload(file);
const lines = Array.from({ length: Number(runs) }, () => JSON.stringify(timed(() => runLedgerKernel(workload))));
process.stdout.write(`${lines.join("\n")}\n`);
