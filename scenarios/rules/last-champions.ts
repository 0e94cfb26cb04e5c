import type { RuleHelpers } from "tenure";

/** Each of the last champions gets the same: who is dethroned keeps a part for some reigns more. */
export default ({ shareStage, number }: RuleHelpers) =>
  shareStage({
    name: "last_champions",
    meaning:
      "equal shares for the last distinct champions that are still on the subnet; a champion is who beats the one before by a margin",
    parameters: {
      champions: number({ range: { atLeast: 1, atMost: 256, whole: true }, default: 5, meaning: "How many of them share." }),
      margin: number({ range: { atLeast: 0, atMost: 10 }, default: 0, meaning: "By so much more of its weight one dethrones." }),
    },
    bind({ champions, margin }) {
      // Hotkeys by their number, who reigns last: the memory of this stage on this subnet.
      const reigned: number[] = [];
      return {
        share(facts, before, weights, { trace }) {
          const at = new Map<number, number>();
          let best = -1;
          for (let miner = 0; miner < facts.count; miner++) {
            at.set(facts.key[miner], miner);
            if (before[miner] > (best === -1 ? 0 : before[best])) best = miner;
          }
          const reigning = at.get(reigned[reigned.length - 1] ?? -1);
          const limit = reigning === undefined ? 0 : before[reigning] * (1 + margin);
          if (best !== -1 && best !== reigning && before[best] > limit) {
            const key = facts.key[best];
            const earlier = reigned.indexOf(key);
            if (earlier !== -1) reigned.splice(earlier, 1);
            reigned.push(key);
          }
          // Who left the subnet is passed over, and whoever reigned before takes the place.
          const paid: number[] = [];
          for (let k = reigned.length - 1; k >= 0 && paid.length < champions; k--) {
            const miner = at.get(reigned[k]);
            if (miner !== undefined) paid.push(miner);
          }
          for (const miner of paid) weights[miner] = 1 / paid.length;
          for (let miner = 0; trace != null && miner < facts.count; miner++) {
            const place = paid.indexOf(miner);
            const of = trace.of(miner);
            of.term("place", place + 1, "among the last champions by share_before, the one who reigns first; 0: it is none of them");
            of.fact("paid", paid.length, "how many of them there are, at most champions");
            of.term("weight", weights[miner], "1 / paid where place is above 0, else 0");
          }
        },
      };
    },
  });
