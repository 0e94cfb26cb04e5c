import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ATTACKS, attackResult, IN_A_DEEP_POOL } from "./attacks.js";
import { PICTURES, picture } from "./pictures.js";

const docs = resolve(import.meta.dirname, "../../docs/explanation");
const page = () => readFileSync(resolve(docs, "rule-gallery.md"), "utf8");

// `npx vitest run test/gallery --update` draws the pictures and computes the table anew.
describe("the rule gallery", () => {
  it.each(PICTURES)("draws $name from its run", async (one) => {
    const drawn = await picture(one);
    expect(drawn.length).toBeLessThan(12_000);
    await expect(drawn).toMatchFileSnapshot(resolve(docs, "rule-gallery", `${one.name}.svg`));
    expect(page()).toContain(`(rule-gallery/${one.name}.svg)`);
  });

  it("has the attacks as they come out", async () => {
    const rows: string[] = [];
    for (const attack of ATTACKS) {
      const { honest, attacker, honestProfitTao, attackerProfitTao } = await attackResult(attack);
      expect(attacker, attack.family).toBeGreaterThan(0);
      if (attack.withoutIt !== undefined) {
        expect(attacker, attack.family).toBeGreaterThan(honest);
        expect(attackerProfitTao, attack.family).toBeGreaterThan(honestProfitTao);
        expect(page()).toContain(`${Math.round(attackerProfitTao)} TAO instead of ${Math.round(honestProfitTao)}`);
      }
      const alpha = (value: number) => Math.round(value).toLocaleString("en-US");
      rows.push(`| ${attack.family} | ${attack.attack} | ${alpha(honest)} | ${alpha(attacker)} |`);
    }
    const table = ["| family | attack | honest | attacker |", "|---|---|---|---|", ...rows, ""].join("\n");
    await expect(table).toMatchFileSnapshot(resolve(docs, "rule-gallery", "attacks.md"));
    expect(page()).toContain(table);
  });

  it("says where a push on the price does not pay", async () => {
    const { honest, attacker, honestProfitTao, attackerProfitTao } = await attackResult(IN_A_DEEP_POOL);
    expect(attacker).toBeGreaterThan(honest);
    expect(attackerProfitTao).toBeLessThan(honestProfitTao);
  });
});
