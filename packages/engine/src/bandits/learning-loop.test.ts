/** The whole way round: choose, show, wait for rewards, learn, freeze, choose. */
import { describe, expect, it } from "vitest";
import { normal } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import { momentsOf } from "../statistics/moments.ts";
import {
  chooseForSession,
  createBetaPosterior,
  createLedger,
  createLinearPosterior,
  createPolicy,
  freeze,
  observationsOf,
  recordRewards,
  recordShowings,
  settle,
  update,
  type Policy,
  type Posterior,
  type Reward,
  type Rule,
  type SettledShowing,
  type Situation,
  type Showing,
} from "./index.ts";

const minute = 60_000;
const strategies = ["bestsellers", "similar", "bundles", "surprise"];
const buysWith = [0.08, 0.12, 0.2, 0.02];

/** Sessions arrive all day, buy up to half an hour later, and a job learns every minute. */
function runShop(
  rule: Rule,
  minutes: number,
  sessionsPerMinute: number,
): { log: SettledShowing[]; posterior: Posterior; policies: ReadonlyMap<string, Policy> } {
  const random = createRandom("shop");
  let ledger = createLedger({ window: 30 * minute });
  let posterior: Posterior = createBetaPosterior(strategies);
  const log: SettledShowing[] = [];
  const policies = new Map<string, Policy>();
  for (let clock = 1; clock <= minutes; clock++) {
    const now = clock * minute;
    const policy = createPolicy(freeze(posterior, rule, now));
    policies.set(policy.version, policy);
    const showings: Showing[] = [];
    const rewards: Reward[] = [];
    for (let i = 0; i < sessionsPerMinute; i++) {
      const id = `session ${clock}-${i}`;
      const { version, ...choice } = chooseForSession(policy, id);
      showings.push({ id, at: now, slate: [choice], version });
      if (random.next() < buysWith[strategies.indexOf(choice.arm)]) {
        rewards.push({ id: `order of ${id}`, showingId: id, at: now + random.integer(30 * minute), value: 1 });
      }
    }
    ledger = recordRewards(recordShowings(ledger, showings), rewards);
    const { ledger: next, settled } = settle(ledger, now);
    ledger = next;
    posterior = update(posterior, observationsOf(settled, { outcome: "conversion" }), now);
    log.push(...settled);
  }
  return { log, posterior, policies };
}

describe("a shop that lets a bandit choose among strategies", () => {
  const { log, posterior, policies } = runShop({ kind: "thompson", draws: 300 }, 240, 20);

  it("ends up with the one that sells, though rewards come half an hour late", () => {
    const chances = createPolicy(freeze(posterior, { kind: "thompson" }, 241 * minute)).probabilities();
    expect(chances[2]).toBeGreaterThan(0.85);
    const late = log.slice(-1000);
    expect(late.filter(({ slate }) => slate[0].arm === "bundles").length).toBeGreaterThan(800);
  });

  it("can tell from its log what every strategy alone would have sold", () => {
    for (const [arm, name] of strategies.entries()) {
      const sold = log.map(({ slate: [shown], rewards }) => (shown.arm === name ? rewards[0] / shown.propensity : 0));
      const rate = buysWith[arm];
      const variances = log.map(({ version }) => rate / (policies.get(version)?.probabilities()[arm] ?? 0) - rate ** 2);
      const error = Math.sqrt(momentsOf(variances).mean / log.length);
      expect(Math.abs(momentsOf(sold).mean - rate)).toBeLessThan(4 * error);
    }
  });
});

describe("sixty products with little traffic", () => {
  const random = createRandom("products");
  const products = Array.from({ length: 60 }, (_, i) => `product ${i}`);
  const attributes = Object.fromEntries(products.map((name) => [name, [1, normal(random), normal(random)]]));
  const valueOf = (name: string): number => 0.3 * attributes[name][1] - 0.2 * attributes[name][2];
  const best = Math.max(...products.map(valueOf));

  function regretOf(start: Posterior, situation: Situation): number {
    const shoppers = createRandom("shoppers");
    let posterior = start;
    let regret = 0;
    for (let round = 1; round <= 40; round++) {
      const now = round * minute;
      const policy = createPolicy(freeze(posterior, { kind: "thompson", draws: 100, floor: 0 }, now));
      const observations = Array.from({ length: 10 }, () => {
        const { arm } = policy.choose(shoppers, situation);
        regret += best - valueOf(arm);
        const shown = situation.attributes ? { attributes: attributes[arm] } : { context: [1] };
        return { arm, reward: valueOf(arm) + 0.5 * normal(shoppers), at: now, ...shown };
      });
      posterior = update(posterior, observations, now);
    }
    return regret;
  }

  it("are learnt by what they have in common, where each for itself would take too long", () => {
    const together = regretOf(createLinearPosterior(products, { attributesSize: 3 }), { attributes });
    const alone = regretOf(createLinearPosterior(products, { contextSize: 1 }), { context: [1] });
    expect(together).toBeLessThan(alone / 3);
  });
});
