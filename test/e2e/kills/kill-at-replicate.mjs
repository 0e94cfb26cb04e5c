// Loaded before the command line (`--import`): ends the process by SIGKILL right after the n-th replicate got its final name.
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";

let left = Number(process.env.KILL_AT_REPLICATE);
const { rename } = fs;
fs.rename = async (from, to, ...more) => {
  await rename(from, to, ...more);
  if (isMainThread && /[\\/]\.partial[\\/]replicates[\\/]\d+$/.test(String(to)) && --left === 0) process.kill(process.pid, "SIGKILL");
};
syncBuiltinESMExports();
