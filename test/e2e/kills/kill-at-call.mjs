// Loaded before the command line (`--import`): counts the calls that change names or bring bytes to the disk, and ends the
// process by SIGKILL at the one asked for. A call that writes a whole file is two: one with half of the bytes written.
import { writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const killAt = Number(process.env.KILL_AT_CALL);
const calls = [];

function passes(name, path) {
  calls.push(`${name} ${path}`);
  if (calls.length === killAt) process.kill(process.pid, "SIGKILL");
}

for (const name of ["rename", "mkdir", "unlink", "rm", "rmdir", "link", "copyFile"]) {
  const original = fs[name];
  fs[name] = (path, ...more) => {
    passes(name, path);
    return original(path, ...more);
  };
}

const { open, writeFile } = fs;
fs.writeFile = async (path, data, ...more) => {
  passes("writeFile", path);
  if (calls.length + 1 === killAt) await writeFile(path, data.slice(0, data.length >> 1), ...more);
  passes("writeFile, half", path);
  return writeFile(path, data, ...more);
};
fs.open = async (path, flags, ...more) => {
  if (flags !== "r") passes("open", path);
  const handle = await open(path, flags, ...more);
  // A folder is opened for reading to be brought to the disk.
  for (const name of flags === "r" ? ["sync"] : ["sync", "writeFile", "write"]) {
    const original = handle[name].bind(handle);
    handle[name] = (...given) => {
      passes(`handle.${name}`, path);
      return original(...given);
    };
  }
  return handle;
};
syncBuiltinESMExports();

process.on("exit", () => {
  if (process.env.CALLS_FILE !== undefined) writeFileSync(process.env.CALLS_FILE, calls.join("\n"));
});
