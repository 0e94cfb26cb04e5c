import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** The program of a system that opens a file as a person would by clicking at it. */
function opener(platform: NodeJS.Platform, path: string): readonly [string, readonly string[]] {
  if (platform === "darwin") return ["open", [path]];
  // The empty text is the title that `start` takes its first quoted word for.
  if (platform === "win32") return ["cmd", ["/c", "start", "", path]];
  return ["xdg-open", [path]];
}

/**
 * Opens a file with the program that the system has for it, and waits no longer than until that has begun.
 * @returns why it could not be begun; null: it was
 */
export function openInBrowser(path: string, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  const [program, args] = opener(platform, resolve(path));
  return new Promise((done) => {
    const child = spawn(program, args, { detached: true, stdio: "ignore" });
    child.on("error", (error: NodeJS.ErrnoException) => done(error.code === "ENOENT" ? `there is no ${program} here` : error.message));
    child.on("spawn", () => {
      child.unref();
      done(null);
    });
  });
}
