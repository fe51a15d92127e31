/** A server of the made-up shop in memory: what the console's calls get in tests, and in the server that one looks at it with. */
import type { ImportAnswer, Person, TrainingRun } from "../src/api/contract.ts";
import { Refusal, type Answering, type Answers, type Call } from "./calls.ts";
import { affinityPair, affinityRules, decisions, explained, trace } from "./decisions.ts";
import { clickThrough, incrementality, overview, status } from "./figures.ts";
import { imports, importStates, previewOf, trainingStates, undoStates } from "./imports.ts";
import { products } from "./shop.ts";
import { strategyAnswers } from "./strategies.ts";

export { Refusal };
export type { Answers, Call };

const apiBase = "/api/upsell-cross-sell";

export interface Backend {
  /** Takes the place of `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** What was called, as `GET /imports/:id`, oldest first. */
  readonly calls: readonly { readonly route: string; readonly call: Call }[];
  /** Answers differently from now on. */
  answer(route: string, answering: Answering): void;
}

export const owner = {
  id: "u_1",
  email: "ada@mugs.example",
  name: "Ada Okafor",
  role: "owner",
  mustChangePassword: false,
} as const;
const signedOut = new Refusal(401, "unauthenticated", "Who calls is not known", "This needs a sign-in.");

export interface BackendOptions {
  /** Whether somebody is signed in from the start. */
  readonly signedIn?: boolean;
  /** Whether their password is a one-time password still. */
  readonly mustChangePassword?: boolean;
}

export function createBackend({ signedIn = true, mustChangePassword = false }: BackendOptions = {}): Backend {
  const calls: { route: string; call: Call }[] = [];
  const table = new Map<string, Answering>(Object.entries(answersOf(signedIn, mustChangePassword)));
  return {
    calls,
    answer: (route, answering) => void table.set(route, answering),
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input, "http://shop.example");
      const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : {};
      const ifMatch = new Headers(init?.headers).get("if-match");
      const found = match(`${init?.method ?? "GET"} ${url.pathname.replace(apiBase, "")}`, [...table.keys()]);
      if (!found) return json(404, { title: `No ${url.pathname} here`, code: "not-found", status: 404 });
      const call: Call = { params: found.params, query: url.searchParams, body: isRecord(body) ? body : {}, ifMatch };
      calls.push({ route: found.route, call });
      const answer = await table.get(found.route)?.(call);
      return answer instanceof Refusal ? json(answer.status, answer.problem) : json(200, answer);
    },
  };
}

function answersOf(isSignedIn: boolean, mustChangePassword: boolean): Answers {
  let signedIn = isSignedIn;
  let password = "correct horse";
  let person: Person = { ...owner, mustChangePassword };
  const running = new Map<string, (ImportAnswer | TrainingRun)[]>();
  const step = (id: string): unknown => {
    const states = running.get(id);
    return states && states.length > 1 ? states.shift() : states?.[0];
  };
  const period = (query: URLSearchParams): [string, string] => [query.get("from") ?? "", query.get("until") ?? ""];
  return {
    "POST /auth/sign-in": ({ body }) => {
      if (body["password"] !== password) {
        return new Refusal(401, "invalid-credentials", "The e-mail or the password is wrong", "Check both.");
      }
      signedIn = true;
      return person;
    },
    "POST /auth/sign-out": () => {
      signedIn = false;
      return { signedOut: true };
    },
    "GET /auth/session": () => (signedIn ? person : signedOut),
    "POST /auth/password/change": ({ body }) => {
      if (body["current"] !== password) {
        return new Refusal(401, "invalid-credentials", "The password is wrong", "The current password is wrong.");
      }
      password = String(body["next"]);
      person = { ...person, mustChangePassword: false };
      return person;
    },
    "GET /status": status,
    "GET /analytics/overview": ({ query }) => overview(...period(query)),
    "GET /analytics/incrementality": ({ query }) => incrementality(...period(query)),
    "GET /analytics/ctr": ({ query }) => clickThrough(query.get("by") ?? "placement"),
    ...strategyAnswers(),
    "GET /recommendations": ({ query }) => {
      const wanted = (name: string) => query.get(name);
      return page(
        decisions.filter(
          (decision) =>
            (!wanted("placement") || decision.placement === wanted("placement")) &&
            (!wanted("status") || decision.status === wanted("status")) &&
            (!wanted("customerId") || decision.customerId === wanted("customerId")),
        ),
        query,
      );
    },
    "GET /recommendations/:id": ({ params: { id } }) =>
      decisions.find((decision) => decision.id === id) ??
      new Refusal(404, "not-found", "There is no such thing", `There is no decision ${id}.`),
    "GET /recommendations/:id/replay": () => ({ outcome: "identical", trace }),
    "POST /recommendations/explain": () => explained,
    "GET /catalog/products": ({ query }) => {
      const search = (query.get("search") ?? "").toLowerCase();
      const ids = query.get("ids")?.split(",");
      return page(
        products
          .filter(({ id, title }) => title.toLowerCase().includes(search) && (ids?.includes(id) ?? true))
          .map(({ id, title, price }) => ({ id, title, variants: [{ id: `${id}-std`, prices: { gb: price } }] })),
        query,
      );
    },
    "GET /catalog/products/:id": ({ params: { id } }) =>
      products.find((product) => product.id === id) ??
      new Refusal(404, "not-found", "There is no such thing", `There is no product ${id}.`),
    "GET /imports": ({ query }) => page(imports, query),
    "GET /imports/:id": ({ params: { id } }) => step(id) ?? imports.find((known) => known.id === id),
    "POST /imports/:id/undo": ({ params: { id } }) => {
      const known = imports.find((one) => one.id === id);
      if (known) running.set(id, undoStates(known));
      return { importId: id, jobId: id, status: "queued" };
    },
    "POST /orders/import/preview": ({ query }) => previewOf(JSON.parse(query.get("columns") ?? "{}")),
    "POST /orders/import": ({ query }) => {
      const id = `imp_${running.size + 5}`;
      const kind = query.get("kind") === "products" ? "products" : "orders";
      running.set(id, importStates(id, query.get("fileName") ?? "", kind));
      return { jobId: id, importId: id, status: "queued" };
    },
    "GET /affinity/rules": ({ query }) => {
      const id = query.get("productId");
      return page(
        affinityRules.filter(({ productA, productB }) => !id || productA === id || productB === id),
        query,
      );
    },
    "POST /affinity/pair": ({ body }) => affinityPair(String(body["productA"]), String(body["productB"])),
    "POST /affinity/update": () => {
      const id = `run_${running.size + 1}`;
      running.set(id, trainingStates(id));
      return { jobId: `job_of_${id}`, runId: id, status: "queued" };
    },
    "GET /affinity/runs": ({ query }) => page([], query),
    "GET /affinity/runs/:id": ({ params: { id } }) => step(id),
  };
}

function page(items: readonly unknown[], query: URLSearchParams): unknown {
  const first = Number(query.get("cursor") ?? 0);
  const end = first + Number(query.get("limit") ?? 50);
  const hasMore = end < items.length;
  return { data: items.slice(first, end), page: { nextCursor: hasMore ? String(end) : null, hasMore } };
}

/** Exact paths first: `/recommendations/strategies` is no decision. */
function match(asked: string, routes: readonly string[]) {
  for (const route of routes.toSorted((a, b) => Number(a.includes(":")) - Number(b.includes(":")))) {
    const pattern = new RegExp(`^${route.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
    const found = pattern.exec(asked);
    if (found) {
      const params: Record<string, string> = {};
      for (const [name, value] of Object.entries(found.groups ?? {})) params[name] = decodeURIComponent(value);
      return { route, params };
    }
  }
  return undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" },
  });
