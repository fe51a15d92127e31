/** What a merchant's rules cost: a request against 1,000 of them, and their products worked out over a large catalogue. */
import { createCatalogue } from "../src/catalogue/index.ts";
import {
  compileRules,
  findConflicts,
  weekdays,
  type Action,
  type Condition,
  type Facts,
  type MerchandisingRule,
  type ProductCondition,
} from "../src/merchandising/index.ts";
import { createRandom, type Random } from "../src/random/index.ts";
import { createLargeShop } from "./large-shop.ts";
import type { BenchSection } from "./section.ts";
import { timeCalls, timingColumns, timingNote } from "./timing.ts";

const productCount = 100_000;
const ruleCount = 1000;
const boostCount = 200;
const candidateCount = 100;
const rounds = 10_000;
const start = Date.UTC(2026, 5, 1);
const placements = ["homepage", "category", "search", "pdp", "cart", "checkout", "post-purchase", "email"];

export async function benchRules(): Promise<BenchSection> {
  const shop = createLargeShop({ products: productCount, orders: 1, sessions: 1 });
  const catalogue = createCatalogue({ products: [...shop.products] });
  const random = createRandom("rules");
  const usual = Array.from({ length: ruleCount }, (_, index) => usualRule(index, random));
  const everywhere = Array.from({ length: ruleCount }, (_, index) => everywhereRule(index, random));
  const boosts = Array.from({ length: boostCount }, (_, index) => boostRule(index, random));
  const [usualSet, everywhereSet] = [compileRules(usual, catalogue), compileRules(everywhere, catalogue)];
  const boostSet = compileRules(boosts, catalogue);

  const first = (): void => void boostSet.withCatalogue(catalogue).directives(factsAt(0));
  const apply = (round: number): void => {
    const { factorOf, refusalOf } = boostSet.directives(factsAt(round));
    for (let place = 0; place < candidateCount; place++) {
      const product = (round * 31 + place * 7919) % productCount;
      factorOf(product);
      refusalOf(product);
    }
  };
  const row = (name: string, call: (round: number) => void, times: number): string[] => {
    timeCalls(call, Math.ceil(times / 5));
    return [name, ...timeCalls(call, times)];
  };
  const count = (number: number): string => number.toLocaleString("en");
  return {
    title: "Merchandising rules",
    conditions: [
      `In process, one thread, synthetic catalogue of ${count(productCount)} products. The usual rules name a placement and compare cart, customer, session, device or time, half of them with a schedule; those for every placement name none and compare numbers only, so that each must be asked. A boost compares category, brand, price or attributes of products. Warmed up by a fifth as many calls.`,
      timingNote,
    ],
    columns: ["What", ...timingColumns],
    rows: [
      row(`match a request with ${count(ruleCount)} usual rules`, (round) => usualSet.match(factsAt(round)), rounds),
      row(`match with ${count(ruleCount)} for every placement`, (round) => everywhereSet.match(factsAt(round)), rounds),
      row(`apply ${boostCount} boosts and filters to ${candidateCount} candidates`, apply, rounds),
      row(`work out the products of those ${boostCount} in a new catalogue`, first, 10),
      row(`read and check ${count(ruleCount)} rules`, () => compileRules(usual, catalogue), 20),
      row(
        `look for conflicts among ${count(ruleCount)} rules`,
        () => findConflicts(usual, { catalogue, at: start }),
        3,
      ),
    ],
  };
}

function factsAt(round: number): Facts {
  return {
    at: start + round * 60_000,
    context: { placement: placements[round % placements.length], device: round % 3 ? "mobile" : "desktop" },
    product: `p${(round * 7) % productCount}`,
    cart: { value: (round * 37) % 10_000, units: round % 6, products: [0, 1, 2].map((line) => `p${round + line}`) },
    customer: { orders: round % 9, tags: round % 4 ? ["newsletter"] : ["vip"] },
    session: { pageViews: round % 20, visit: 1 + (round % 5), seconds: round % 600 },
  };
}

function usualRule(index: number, random: Random): MerchandisingRule {
  const weekly = [{ days: weekdays.slice(0, 1 + random.integer(7)), from: "08:00", to: "20:00" }];
  return {
    id: `r${index}`,
    name: `Rule ${index}`,
    priority: random.integer(20),
    when: { all: [numbers(random), { any: [texts(random), numbers(random)] }] },
    placements: [placements[random.integer(placements.length)]],
    ...(random.next() < 0.5 && { schedule: { timeZone: "Europe/Berlin", weekly } }),
    actions: [random.next() < 0.3 ? { type: "replace-strategy", strategy: `s${random.integer(9)}` } : boost(random)],
    active: true,
  };
}

function everywhereRule(index: number, random: Random): MerchandisingRule {
  const when: Condition = { all: [numbers(random), { not: { all: [numbers(random), numbers(random)] } }] };
  return { id: `e${index}`, name: `Rule ${index}`, priority: 0, when, actions: [boost(random)], active: true };
}

function boostRule(index: number, random: Random): MerchandisingRule {
  const action: Action =
    random.next() < 0.9 ? boost(random) : { type: "filter", products: products(random), show: "never" };
  return { id: `b${index}`, name: `Boost ${index}`, priority: 0, when: { all: [] }, actions: [action], active: true };
}

function boost(random: Random): Action {
  return { type: "boost", products: products(random), factor: 1.5 };
}

function products(random: Random): ProductCondition {
  const category = random.integer(500);
  return {
    all: [
      random.next() < 0.5
        ? { field: "product.category", operator: "under", value: [`Department ${category % 20}`] }
        : { field: "product.brand", operator: "in", value: [`Brand ${category}`, `Brand ${category + 1}`] },
      random.next() < 0.5
        ? { field: "product.price", operator: "lessThan", value: 500 + random.integer(20_000), currency: "EUR" }
        : { field: "product.attributes.colour", operator: "hasAny", value: [`colour ${random.integer(12)}`] },
    ],
  };
}

function texts(random: Random): Condition {
  const choices: readonly Condition[] = [
    { field: "context.device", operator: "is", value: "mobile" },
    { field: "customer.tags", operator: "hasAny", value: ["vip"] },
    { field: "product.id", operator: "is", value: `p${random.integer(productCount)}` },
    { field: "time.weekday", operator: "in", value: ["saturday", "sunday"] },
    { field: "cart.categories", operator: "under", value: [`Department ${random.integer(20)}`] },
  ];
  return choices[random.integer(choices.length)];
}

function numbers(random: Random): Condition {
  const choices: readonly Condition[] = [
    { field: "cart.value", operator: "atLeast", value: random.integer(10_000), currency: "EUR" },
    { field: "cart.units", operator: "lessThan", value: 1 + random.integer(6) },
    { field: "customer.orders", operator: "moreThan", value: random.integer(9) },
    { field: "session.seconds", operator: "atLeast", value: random.integer(600) },
    { field: "time.hour", operator: "between", value: { from: random.integer(12), to: 12 + random.integer(12) } },
  ];
  return choices[random.integer(choices.length)];
}
