import { formatFound, type Place, TenureError } from "../../engine/index.js";
import type { RefusalEntry } from "../folder/study-manifest.js";

/** A refusal as plain data that JSON and threads can hold. */
export function refusalEntryOf({ code, what, place, found, allowed, hint }: TenureError): RefusalEntry {
  const isPlain = found === null || typeof found === "string" || typeof found === "boolean" || Number.isFinite(found);
  return {
    code,
    what,
    place: place === undefined ? null : { ...place },
    found: found === undefined ? null : isPlain ? found : formatFound(found),
    allowed: allowed ?? null,
    hint: hint ?? null,
  };
}

/** The refusal that an entry was made of. */
export function refusalOf({ code, what, place, found, allowed, hint }: RefusalEntry): TenureError {
  return new TenureError({
    code,
    what,
    ...(place === null ? {} : { place: place as Place }),
    ...(found === null ? {} : { found }),
    ...(allowed === null ? {} : { allowed }),
    ...(hint === null ? {} : { hint }),
  });
}
