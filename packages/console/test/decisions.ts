/** Decisions of the made-up shop: the log, one explained, affinities. */
import {
  defaultPlacements,
  defaultStrategies,
  merchantWords,
  type FullTrace,
  type SourceName,
} from "@basketlift/engine/decision";
import type { AffinityPair, AffinityRule, Answer, LoggedDecision } from "../src/api/contract.ts";
import { currency } from "./figures.ts";
import { chance, product, products } from "./shop.ts";

const placements = ["pdp", "cart", "homepage", "pdp", "pdp", "post-purchase"] as const;

function decision(index: number): LoggedDecision {
  const placement = placements[index % placements.length];
  const isHeldOut = chance(index, 5) < 0.1;
  const count = isHeldOut ? 0 : 8;
  const clicks = chance(index, 6) < 0.14 ? 1 : 0;
  return {
    id: `dec_${(index + 7).toString(36).padStart(4, "0")}q8v2k1m`,
    decidedAt: new Date(Date.now() - index * 47_000 - 12_000).toISOString(),
    placement,
    strategy: { id: defaultPlacements[placement], version: 1 },
    status: isHeldOut ? "holdout" : chance(index, 7) < 0.05 ? "degraded" : "served",
    arm: isHeldOut ? "holdout" : "treatment",
    stateVersion: "run-20261120",
    visitorId: `v_${Math.floor(chance(index, 8) * 1e9).toString(36)}`,
    sessionId: `s_${Math.floor(chance(index, 9) * 1e9).toString(36)}`,
    customerId: chance(index, 10) < 0.3 ? `C-${20_000 + index}` : null,
    slate: Array.from({ length: count }, (_, place) => ({
      productId: product(index * 3 + place).id,
      variantId: `${product(index * 3 + place).id}-std`,
      propensity: 1,
    })),
    outcomes: {
      impressions: isHeldOut ? 0 : 4 + (index % 3),
      clicks,
      addToCarts: clicks && index % 2,
      purchases: clicks && index % 4 === 1 ? 1 : 0,
    },
    children: [],
  };
}

export const decisions: readonly LoggedDecision[] = Array.from({ length: 130 }, (_, index) => decision(index));

function sourceAt(place: number): SourceName {
  if (place === 4) return "personal-ranker";
  return place < 3 ? "bought-together" : "popularity";
}

/** The last one is a ranker's. */
const answered: readonly Omit<FullTrace["slate"][number], "inFigures">[] = [5, 6, 7, 3, 4].map((index, place) => ({
  productId: product(index).id,
  propensity: 1,
  reason: place < 3 ? "Often bought together with Round stoneware teapot" : "A favourite of our customers",
  source: sourceAt(place),
  evidence: {
    signals:
      place < 3
        ? [
            { source: "bought-together", share: 0.86 - place * 0.08 },
            { source: "item-neighbours", share: 0.1 + place * 0.06 },
            { source: "popularity", share: 0.04 + place * 0.02 },
          ]
        : [{ source: sourceAt(place), share: 1 }],
    ...(place === 4 && {
      voices: [
        { voice: "bought-next", share: 0.7, signals: { follows: 1.4 } },
        { voice: "demand", share: 0.3, signals: { popularity: 0.6 } },
        { voice: "alike", share: 0, signals: { alike: -0.1 } },
      ],
    }),
    ...(place < 3 && {
      because: "P-1003",
      figures: {
        count: 214 - place * 60,
        expected: 31.4 - place * 6,
        lift: 6.8 - place,
        liftLower: 5.9 - place,
        qValue: 2e-14,
      },
    }),
  },
}));

/** What every step saw when the teapot's page asked for companions. */
export const trace: FullTrace = {
  context: {
    market: "gb",
    arm: "unassigned",
    startingPoints: { product: ["P-1003"], cart: ["P-1001"], session: [], purchases: [], nothing: [] },
    unknownProducts: [],
  },
  strategy: defaultStrategies[0],
  candidates: [
    {
      source: "bought-together",
      from: "product",
      products: [0, 5, 6, 7, 8].map((index, place) => ({ productId: product(index).id, score: 1 - place * 0.17 })),
    },
    {
      source: "item-neighbours",
      from: "product",
      products: [5, 3, 4, 7, 14, 15].map((index, place) => ({
        productId: product(index).id,
        score: 0.42 - place * 0.05,
      })),
    },
    {
      source: "popularity",
      from: "nothing",
      products: products.map(({ id }, place) => ({ productId: id, score: 0.9 - place * 0.04 })),
    },
  ],
  missingSources: [{ source: "session", why: "not-trained" }],
  refused: [
    { productId: "P-1003", why: "current-product" },
    { productId: "P-1001", why: "in-cart" },
    { productId: "P-1009", why: "out-of-stock" },
    { productId: "P-1014", why: "age-limit" },
  ],
  filled: 0,
  fallbacks: [],
  rules: [],
  offers: [],
  pool: [5, 6, 7, 3, 4, 14, 15, 10, 11, 12, 13, 16].map((index, place) => ({
    productId: product(index).id,
    relevance: 0.93 - place * 0.07,
    score: 0.93 - place * 0.07,
  })),
  slate: answered.map((item) => ({
    ...item,
    inFigures: merchantWords(item, {
      because: item.evidence.because && "Round stoneware teapot",
      propensity: item.propensity,
    }),
  })),
  shadow: {
    strategy: { id: "personal", version: 1 },
    poolHash: "of the shadow",
    slate: [5, 6, 10].map((index) => ({
      productId: product(index).id,
      variantId: `${product(index).id}-std`,
      propensity: 1,
    })),
    overlap: { shared: 2, either: 6, samePlace: 2 },
  },
};

/** What the shopper gets. */
export const recommended = {
  id: "dec_tryit",
  status: "served",
  reasoning: "Often bought together with Round stoneware teapot",
  items: trace.slate.map(({ productId, reason, source }, position) => {
    const { title, price } = product(products.findIndex(({ id }) => id === productId));
    return {
      productId,
      variantId: `${productId}-std`,
      title,
      reason,
      source,
      position,
      price,
      currency,
      availability: position === 2 ? "low" : "in-stock",
      variants: [],
    };
  }),
};

export const explained: Answer<"explainRecommendation"> = { trace, recommendation: recommended };

export const affinityRules: readonly AffinityRule[] = Array.from({ length: 60 }, (_, index) => {
  const expected = 8 + 30 * chance(index, 11);
  const lift = 9 - index * 0.12;
  const count = Math.round(expected * lift);
  return {
    id: `aff_${index}`,
    productA: product(index).id,
    productB: product(index + 3 + Math.floor(index / products.length)).id,
    affinityScore: 1 - index / 80,
    support: count / 24_000,
    confidence: 0.41 - index * 0.004,
    lift,
    liftLower: lift * 0.85,
    liftUpper: lift * 1.17,
    type: "frequently_bought_together",
    computedAt: new Date(Date.now() - 9 * 3_600_000).toISOString(),
    qValue: 10 ** -(18 - index * 0.25),
    count,
    expected,
  };
});

export function affinityPair(productA: string, productB: string): AffinityPair {
  const rule = affinityRules.find((candidate) => candidate.productA === productA && candidate.productB === productB);
  return {
    productA,
    productB,
    believed: rule !== undefined,
    count: rule?.count ?? 3,
    expected: rule?.expected ?? 2.7,
    lift: rule?.lift ?? 1.1,
    liftLower: (rule?.lift ?? 1.1) * 0.85,
    liftUpper: (rule?.lift ?? 1.1) * 1.17,
    pValue: rule ? rule.qValue / 40 : 0.41,
    qValue: rule?.qValue ?? 0.88,
    support: rule?.support ?? 0.0001,
    confidence: rule?.confidence ?? 0.004,
    reverseConfidence: (rule?.confidence ?? 0.004) * 0.7,
    leverage: rule ? rule.support * 0.85 : 0.00001,
  };
}
