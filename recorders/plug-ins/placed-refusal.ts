import { type Place, TenureError } from "../../engine/index.js";

/** A file that cannot be read is refused where it is named. */
export async function placed<Answer>(place: Place, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof TenureError) || error.code !== "TEN-PLUGIN-001" || "errors" in error) throw error;
    const { code, what, found, allowed, hint, place: at } = error;
    throw new TenureError({
      code,
      what: `${what.replace(/\.$/, "")}: ${at?.file}.`,
      place,
      found,
      ...(allowed === undefined ? {} : { allowed }),
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
