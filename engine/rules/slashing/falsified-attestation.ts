import { declareSlashingRule } from "./slashing-rule.js";

export const falsifiedAttestation = declareSlashingRule({
  name: "falsified_attestation",
  meaning: "Who attests a NAV that is not that of its block did the worst there is.",
  cause: "falsified_attestation",
  parameters: {},
  bind: () => ({ inEpoch: ({ isFalsified, worst }) => (isFalsified ? worst : "none") }),
});
