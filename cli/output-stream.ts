import { fstatSync, writeSync } from "node:fs";
import type { Refusal } from "../engine/index.js";

const NAMES = { 1: "stdout", 2: "stderr" } as const;

/** Why stdout or stderr takes nothing, for another reason than that its reader is gone. */
export class OutputLostError extends Error {
  readonly refusal: Refusal;

  constructor(fd: 1 | 2, error: NodeJS.ErrnoException) {
    super(error.message);
    this.refusal = {
      code: "TEN-CLI-007",
      what: `What there is to say could not be written to ${NAMES[fd]}.`,
      place: { file: NAMES[fd] },
      found: error.message,
      hint: "Free some space, or send the output elsewhere. What the command had to write to a folder is written.",
    };
  }
}

/** Files and devices take all of a text at once; a pipe or a terminal may have to be waited for. */
function takesAllAtOnce(fd: number): boolean {
  try {
    const found = fstatSync(fd);
    return found.isFile() || found.isCharacterDevice();
  } catch {
    return false;
  }
}

/**
 * A way to write to a standard stream that loses nothing in silence: a file that takes only a part is written on to the end
 * or fails (Node itself drops the rest).
 * @param lost told of a failure; what it throws reaches the writer where the stream is a file
 * @param closed told that the reader is gone
 */
export function openOutput(stream: NodeJS.WriteStream, fd: 1 | 2, told: { lost: (error: OutputLostError) => void; closed: () => void }) {
  const fail = (error: NodeJS.ErrnoException) => (error.code === "EPIPE" ? told.closed() : told.lost(new OutputLostError(fd, error)));
  if (!stream.isTTY && takesAllAtOnce(fd)) {
    return (text: string) => {
      const bytes = Buffer.from(text);
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      } catch (error) {
        fail(error as NodeJS.ErrnoException);
      }
    };
  }
  stream.on("error", fail);
  return (text: string) => void stream.write(text);
}
