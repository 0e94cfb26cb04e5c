import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { KernelProgram } from "../kernel/kernel-program.js";
import { packageRoot } from "../package-root.js";

const execute = promisify(execFile);

const SOURCE = "bench/limit/ledger_kernel.c";
/** Portable code for the machine's architecture, as good as the compiler makes it: the engine's code is portable, too. */
export const C_FLAGS = ["-std=gnu11", "-O3"] as const;

/** The C reference, compiled. */
export interface CReference {
  /** The compiler's own name and version. */
  readonly compiler: string;
  readonly program: KernelProgram;
}

/** Compiles the C reference into a folder with the first of gcc and cc that there is; undefined when there is neither. */
export async function compileReference(folder: string): Promise<CReference | undefined> {
  for (const name of ["gcc", "cc"]) {
    const compiler = await versionOf(name);
    if (compiler === undefined) continue;
    const program = join(folder, "ledger_kernel");
    await execute(name, [...C_FLAGS, "-o", program, join(packageRoot(), SOURCE), "-lm"]);
    return { compiler, program: new KernelProgram(program) };
  }
  return undefined;
}

async function versionOf(compiler: string): Promise<string | undefined> {
  try {
    const { stdout } = await execute(compiler, ["--version"]);
    return stdout.split("\n")[0].trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
