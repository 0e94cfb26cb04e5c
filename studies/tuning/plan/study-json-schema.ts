import * as z from "zod";
import { studySchema } from "./study-schema.js";

/** The JSON Schema of a study file, for editors. */
export function studyJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(studySchema, { io: "input", target: "draft-2020-12" }), title: "Tenure study" };
}
