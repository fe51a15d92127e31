import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { ApiError } from "./api-error.ts";
import { createClient } from "./client.ts";

/** Answers every request alike and keeps what was asked. */
function server(answer: () => Response) {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url: url instanceof Request ? url.url : String(url), init });
    return answer();
  };
  return { asked, fetch };
}

const problem = { type: "urn:x", title: "No", status: 403, code: "forbidden", detail: "Not you.", requestId: "r" };

describe("the client", () => {
  it("writes parameters, queries and bodies where the contract has them", async () => {
    const { asked, fetch } = server(() => Response.json({ data: [] }));
    const client = createClient({ baseUrl: "https://lift.example", key: "sk_x", fetch });
    await client.getDecision({ params: { id: "a/b ü" } });
    await client.listProducts({ query: { limit: 10, search: "a&b", cursor: undefined } });
    await client.affinityPair({ body: { productA: "a", productB: "b" } });
    await client.health();
    expect(asked.map(({ url, init }) => [init.method, url, init.body])).toEqual([
      ["GET", "https://lift.example/api/upsell-cross-sell/recommendations/a%2Fb%20%C3%BC", undefined],
      ["GET", "https://lift.example/api/upsell-cross-sell/catalog/products?limit=10&search=a%26b", undefined],
      ["POST", "https://lift.example/api/upsell-cross-sell/affinity/pair", '{"productA":"a","productB":"b"}'],
      ["GET", "https://lift.example/health", undefined],
    ]);
    expect(asked[0].init.headers).toMatchObject({ authorization: "Bearer sk_x" });
  });

  it("speaks for who is signed in where it has no key", async () => {
    const { asked, fetch } = server(() => Response.json({ signedOut: true }));
    await createClient({ fetch }).signOut();
    expect(asked[0].init.credentials).toBe("same-origin");
    expect(asked[0].init.headers).toMatchObject({ "x-requested-with": "basketlift" });
    expect(asked[0].init.headers).not.toHaveProperty("authorization");
  });

  it("rejects with the problem that the server names", async () => {
    const { fetch } = server(() =>
      Response.json(problem, {
        status: 403,
        headers: { "content-type": "application/problem+json", "retry-after": "7" },
      }),
    );
    const failure = await createClient({ fetch })
      .whoAmI()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status: 403, code: "forbidden", message: "Not you.", retryAfter: 7, problem });
  });

  it("rejects when something else than the API answers", async () => {
    const { fetch } = server(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(createClient({ fetch }).health()).rejects.toMatchObject({ status: 502, code: "unreadable-answer" });
  });

  it("hands on text as text", async () => {
    const { fetch } = server(() => new Response("basketlift_x 1", { headers: { "content-type": "text/plain" } }));
    expect(await createClient({ fetch }).metrics()).toBe("basketlift_x 1");
  });

  it("ships no schema to a page", async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("./index.ts", import.meta.url))],
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
      metafile: true,
    });
    const files = Object.keys(metafile.inputs).map((path) => path.replace(/^.*src\//, ""));
    expect(files.toSorted()).toEqual([
      "client/api-error.ts",
      "client/client.ts",
      "client/index.ts",
      "contract/password-length.ts",
      "contract/paths.ts",
      "contract/route.ts",
    ]);
    expect(outputFiles[0].contents.length).toBeLessThan(6000);
  });
});
