import { readFileSync, writeSync } from "node:fs";

/*
 * Loaded into a measured command (`node --import`); tells its peak resident memory, in KiB, on file descriptor 3 when it
 * ends. Linux counts it per program in VmHWM; `maxRSS` begins with what the starting process had, so it is second choice.
 */
const DESCRIPTOR = 3;

process.on("exit", () => {
  writeSync(DESCRIPTOR, String(peakKib()));
});

function peakKib(): number {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    if (peak !== null) return Number(peak[1]);
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS;
}
