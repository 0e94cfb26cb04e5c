import { bindValidator, type Others, type Truth, type ValidatorAgent } from "../agents/validators/index.js";
import { InvariantError } from "../kernel/errors.js";
import { floor } from "../kernel/math.js";
import { normalise } from "../kernel/normalise.js";
import type { RandomStream } from "../kernel/random.js";
import { signAttestation } from "./nav-attestation.js";
import type { SignatureScheme } from "./signature-scheme.js";
import type { Submission } from "./submission.js";
import type { KnownValidator } from "./tribunal.js";
import type { ValidatorsConfiguration } from "./validators-configuration.js";

const SECRET_KEY_BYTES = 32;

/** The validators of a subnet: each observes in its own way and signs with its own key. */
export class ValidatorRoster {
  /** By number: the order of the configuration. */
  readonly validators: readonly KnownValidator[];
  private readonly agents: readonly ValidatorAgent[];
  private readonly secretKeys: readonly Uint8Array[];
  private last: readonly (Submission | null)[];

  /**
   * @param configuration as `refuseValidators` lets it pass
   * @param miners names, in the order of the weights
   * @param random named streams; a validator draws only from streams of its own name
   */
  constructor(
    configuration: ValidatorsConfiguration,
    miners: readonly string[],
    random: (name: string) => RandomStream,
    private readonly signatures: SignatureScheme,
  ) {
    const { validators, colludingGroups } = configuration;
    const names = {
      validator: (name: string) =>
        indexOf(
          validators.map((validator) => validator.name),
          name,
        ),
      group: (name: string) => {
        const { favoured, movedShare } =
          colludingGroups[
            indexOf(
              colludingGroups.map((group) => group.name),
              name,
            )
          ];
        return { favoured: favoured.map((miner) => indexOf(miners, miner)), movedShare };
      },
    };
    this.agents = validators.map(({ name, behaviour }) =>
      bindValidator(behaviour, { names, random: random(`consensus/${name}/observation`) }),
    );
    this.secretKeys = validators.map(({ name }) => secretKey(random(`consensus/${name}/key`)));
    this.validators = validators.map(({ name }, i) => ({ name, publicKey: signatures.publicKeyOf(this.secretKeys[i]) }));
    this.last = validators.map(() => null);
  }

  /**
   * What everyone hands in this epoch, by validator, weights normalised to 1 (all zero where nobody has any). Suspended ones
   * go on handing in, it only does not count.
   */
  submissions(truth: Truth, lastConsensus: Float64Array | null): readonly (Submission | null)[] {
    const others: Others = { lastOf: (validator) => this.last[validator], lastConsensus };
    this.last = this.agents.map((agent, validator) => {
      const draft = agent.decide(truth, others);
      if (draft === null) return null;
      const { weights, attestation } = draft;
      normalise(weights, weights.length);
      return {
        weights,
        attestation: attestation === null ? null : signAttestation(attestation, this.secretKeys[validator], this.signatures),
      };
    });
    return this.last;
  }
}

function secretKey(random: RandomStream): Uint8Array {
  return Uint8Array.from({ length: SECRET_KEY_BYTES }, () => floor(random() * 256));
}

function indexOf(names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  if (index === -1) throw new InvariantError(`${name} is not among ${names.join(", ")}`);
  return index;
}
