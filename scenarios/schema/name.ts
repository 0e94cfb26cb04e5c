import * as z from "zod";

const NAME = "a name of letters, digits, `.`, `_` and `-`, that starts with a letter or digit";

/** Names of streams. */
export const nameSchema = z.string({ error: NAME }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error: NAME });
