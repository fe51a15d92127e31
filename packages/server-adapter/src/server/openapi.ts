/** The API's reference: an OpenAPI 3.1 document, made from the contract alone. */
import { z } from "zod";
import { problem } from "../contract/common.ts";
import { namedSchemas } from "../contract/named-schemas.ts";
import type { AnyRoute, Contract, Schema, Scope } from "../contract/route.ts";
import { fullPath } from "./paths.ts";
import { type ProblemCode, problemCodes } from "./problem.ts";

type Json = Readonly<Record<string, unknown>>;

/** The parts of an OpenAPI 3.1 document that we write. */
export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: Json;
  readonly servers: readonly Json[];
  readonly tags: readonly Json[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly securitySchemes: Json;
    readonly responses: Json;
  };
}

const tagWords: Readonly<Record<string, string>> = {
  recommendations: "What to show whom, and why it was decided so.",
  affinity: "What sells together, with the evidence.",
  data: "What the shop tells: products, orders, events, files.",
  analytics: "What happened, and what it was worth.",
  system: "The server itself.",
  auth: "Signing in to the console.",
};

const securitySchemes = {
  publishableKey: { type: "http", scheme: "bearer", description: "`pk_...`, for pages of the key's origins." },
  publishableKeyInQuery: { type: "apiKey", in: "query", name: "key", description: "GET without a preflight." },
  shopperToken: { type: "apiKey", in: "header", name: "X-Shopper-Token", description: "Signed by the shop." },
  secretKey: { type: "http", scheme: "bearer", description: "`sk_...`, for servers." },
  signIn: { type: "apiKey", in: "cookie", name: "basketlift.session_token", description: "Of the console." },
} as const;

/** Ways in, each sufficient; a secret key and a sign-in need the scope or role that the description names. */
const securityOf: Readonly<Record<Scope, readonly Json[]>> = {
  open: [],
  storefront: [{ publishableKey: [] }, { secretKey: [] }, { signIn: [] }],
  shopper: [{ publishableKey: [], shopperToken: [] }, { secretKey: [] }, { signIn: [] }],
  read: [{ secretKey: [] }, { signIn: [] }],
  write: [{ secretKey: [] }, { signIn: [] }],
  admin: [{ secretKey: [] }, { signIn: [] }],
  session: [{ signIn: [] }],
};

/** Problems that any route may answer with, by what it is made of. */
function problemsOf(route: AnyRoute): ProblemCode[] {
  const { scope, params, query, body, idempotent, changesVersion, judgesContent, withoutDatabase } = route;
  const closed: ProblemCode[] = scope === "open" ? [] : ["unauthenticated", "forbidden"];
  const checked: ProblemCode[] = params || query || body ? ["invalid-request"] : [];
  const read: ProblemCode[] = body ? ["body-too-large", "unsupported-media-type"] : [];
  const found: ProblemCode[] = params ? ["not-found"] : [];
  const once: ProblemCode[] = idempotent ? ["conflict"] : [];
  const versioned: ProblemCode[] = changesVersion ? ["conflict", "precondition-failed", "precondition-required"] : [];
  const judged: ProblemCode[] = judgesContent ? ["unprocessable"] : [];
  const stored: ProblemCode[] = withoutDatabase ? [] : ["database-down"];
  return [
    ...checked,
    ...closed,
    ...found,
    ...once,
    ...versioned,
    ...judged,
    ...read,
    "too-many-requests",
    "internal",
    ...stored,
  ];
}

/**
 * @param version of the API
 * @example
 * const document = createOpenApi(contract, { version: "0.1.0" });
 * document.paths["/health"].get;
 */
export function createOpenApi(contract: Contract, { version }: { readonly version: string }): OpenApiDocument {
  const schemas: Record<string, Json> = {};
  const routes = Object.entries(contract);
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of routes) {
    const path = fullPath(route).replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operationOf(name, route, schemas) };
  }
  const problemSchema = schemaOf(problem, "output", schemas);
  const tags = [...new Set(routes.map(([, { tag }]) => tag))];
  return {
    openapi: "3.1.0",
    info: {
      title: "Basketlift",
      version,
      description: "Recommendations, affinities and honest measurement. Money is in minor units, times are RFC 3339.",
    },
    servers: [{ url: "/" }],
    tags: tags.map((name) => ({ name, description: tagWords[name] ?? name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes,
      responses: Object.fromEntries(statusesOf(routes).map((status) => [`Problem${status}`, response(status)])),
    },
  };

  function response(status: number): Json {
    const codes = Object.entries(problemCodes).filter(([, [own]]) => own === status);
    const description = codes.map(([code, [, title]]) => `\`${code}\`: ${title}.`).join(" ");
    return { description, content: { "application/problem+json": { schema: problemSchema } } };
  }
}

function statusesOf(routes: readonly (readonly [string, AnyRoute])[]): number[] {
  const codes = routes.flatMap(([, route]) => problemsOf(route));
  return [...new Set(codes.map((code) => problemCodes[code][0]))].toSorted((a, b) => a - b);
}

function operationOf(name: string, route: AnyRoute, schemas: Record<string, Json>): Json {
  const { scope, tag, summary, params, query, body, answer, status = 200, produces = "application/json" } = route;
  const problems = statusesOf([[name, route]]).map((each) => [each, { $ref: `#/components/responses/Problem${each}` }]);
  const parameters = [
    ...parametersOf(params, "path", schemas),
    ...parametersOf(query, "query", schemas),
    ...(route.idempotent ? [idempotencyKey] : []),
    ...(route.changesVersion ? [ifMatch] : []),
  ];
  return {
    operationId: name,
    tags: [tag],
    summary,
    description: `Scope: \`${scope}\`.`,
    "x-scope": scope,
    security: securityOf[scope],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: requestBodyOf(body, route.plainBody ?? false, schemas) }),
    ...(!body && route.bodyLimit !== undefined && { requestBody: fileBody }),
    responses: {
      [status]: {
        description: "Success.",
        content: { [produces]: { schema: schemaOf(answer, "output", schemas) } },
      },
      ...Object.fromEntries(problems),
    },
  };
}

const ifMatch = {
  name: "If-Match",
  in: "header",
  required: true,
  description: "The `ETag` of what is changed: its version in quotes. `*` for whatever version it has.",
  schema: { type: "string" },
};

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same key with the same request gets the answer of the first time, for a day.",
  schema: { type: "string", maxLength: 200 },
};

const fileBody = { required: true, content: { "application/octet-stream": { schema: {} } } };

function requestBodyOf(body: Schema, plainBody: boolean, schemas: Record<string, Json>): Json {
  const schema = schemaOf(body, "input", schemas);
  const plain = {
    schema: { type: "string", description: "The same as JSON text, with the key in the field `key`: no preflight." },
  };
  return { required: true, content: { "application/json": { schema }, ...(plainBody && { "text/plain": plain }) } };
}

function parametersOf(schema: Schema | undefined, place: "path" | "query", schemas: Record<string, Json>): Json[] {
  if (schema === undefined) return [];
  const { properties, required } = schemaOf(schema, "input", schemas);
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(isJson(properties) ? properties : {}).map(([name, own]) => ({
    name,
    in: place,
    required: place === "path" || needed.includes(name),
    schema: own,
  }));
}

/** A schema as JSON Schema 2020-12; named ones are put among the components and referred to. */
function schemaOf(schema: Schema, io: "input" | "output", schemas: Record<string, Json>): Json {
  const {
    $schema: _,
    $defs,
    ...rest
  } = toPlainJson(z.toJSONSchema(schema, { io, metadata: namedSchemas, unrepresentable: "any" }));
  for (const [name, definition] of Object.entries(isJson($defs) ? $defs : {})) {
    if (isJson(definition)) schemas[name] ??= definition;
  }
  return rest;
}

/** References point to the components, wherever they stand. */
function toPlainJson(schema: unknown): Json {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const parsed: unknown = JSON.parse(text);
  return isJson(parsed) ? parsed : {};
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
