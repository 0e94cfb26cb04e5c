import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { commentText, flowYaml } from "../../../scenarios/calibrating/flow-yaml.js";

const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: "binary" }),
    fc.constantFrom("true", "off", "null", "1e3", "0x10", "7 d", "a: b", "- a", "#", "", "subnet-30", "a b", "~", "2025-01-01"),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

it("is read as it was, on one line, whatever it holds", () => {
  fc.assert(
    fc.property(values.value, (value) => {
      const text = flowYaml(value);
      expect(text).toMatch(/^[\x20-\x7e]*$/);
      expect(parse(`key: ${text} # comment`)).toEqual({ key: value });
    }),
  );
});

it("leaves a comment a comment", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(commentText(text)).toMatch(/^[\x20-\x7e]*$/);
      expect(parse(`a: 1 # ${commentText(text)}\nb: 2`)).toEqual({ a: 1, b: 2 });
    }),
  );
});
