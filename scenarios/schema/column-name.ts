import * as z from "zod";
import { COLUMN_NAME } from "../../engine/index.js";

const ALLOWED = "letters, digits and _, beginning with a letter";

/** The name of a column of a stream of scores. */
export const columnName = z.string({ error: ALLOWED }).regex(COLUMN_NAME, { error: ALLOWED });
