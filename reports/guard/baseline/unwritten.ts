import { TenureError } from "../../../engine/index.js";

/** Why what a guard measured does not lie beside the baseline. */
export interface Unwritten {
  readonly code: string;
  /** Where it should lie. */
  readonly file: string;
  /** What the system said. */
  readonly reason: string;
}

/**
 * Writes beside a baseline, or removes what lies there. What a guard found is known by then and counts more: what hinders this is given back, to
 * be told with it.
 * @returns null: it is done
 * @throws what is no refusal, and an interruption
 */
export async function besideBaseline(file: string, signal: AbortSignal | undefined, work: () => Promise<void>): Promise<Unwritten | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof TenureError) || signal?.aborted === true) throw error;
    const { code, what, found } = error;
    return { code, file, reason: found === undefined ? what : `${what.replace(/\.$/, "")}: ${String(found)}` };
  }
}

/** For people. */
export function unwrittenWords({ code, file, reason }: Unwritten, outcome: string): string {
  const lead =
    outcome === "differs"
      ? `what was measured could not be left in ${file} to be reviewed`
      : `${file}, of an earlier guard, could not be removed`;
  return `${lead} (${code}): ${reason}`;
}
