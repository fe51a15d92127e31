/** Titles of products by id, asked for once each and many at a time: the log and the trace speak of products by id. */
import { signal } from "@preact/signals";

export interface Titles {
  /** The title, as far as it is known; undefined until then. A product that is not in the catalogue keeps its id. */
  titleOf(id: string): string | undefined;
  /** Asks for a title in the background. */
  want(id: string): void;
  /** Remembers a title that came with something else. */
  learn(id: string, title: string): void;
}

interface TitledProduct {
  readonly id: string;
  readonly title: string;
}

/** The part of the API that knows titles. */
export interface TitleSource {
  listProducts(request: {
    readonly query: { readonly ids: string; readonly limit: number };
  }): Promise<{ readonly data: readonly TitledProduct[] }>;
  getProduct(request: { readonly params: { readonly id: string } }): Promise<TitledProduct>;
}

/** What the server lists in one call. */
const atOnce = 100;

export function createTitles(api: TitleSource): Titles {
  const known = signal<ReadonlyMap<string, string>>(new Map());
  const asked = new Set<string>();
  let waiting: string[] = [];

  const learnAll = (products: readonly TitledProduct[]): void => {
    for (const { id } of products) asked.add(id);
    const news = products.filter(({ id, title }) => known.peek().get(id) !== title);
    if (news.length > 0) known.value = new Map([...known.peek(), ...news.map(({ id, title }) => [id, title] as const)]);
  };
  const ask = async (ids: readonly string[]): Promise<void> => {
    try {
      const found = new Map((await loadProducts(api, ids)).map(({ id, title }) => [id, title]));
      learnAll(ids.map((id) => ({ id, title: found.get(id) ?? id })));
    } catch {
      // Whoever shows it next asks again.
      for (const id of ids) asked.delete(id);
    }
  };
  const askAll = (): void => {
    const ids = waiting;
    waiting = [];
    for (let first = 0; first < ids.length; first += atOnce) void ask(ids.slice(first, first + atOnce));
  };
  return {
    learn: (id, title) => learnAll([{ id, title }]),
    titleOf: (id) => known.value.get(id),
    want(id) {
      if (asked.has(id)) return;
      asked.add(id);
      // All that one drawing of the page wants is asked for together.
      if (waiting.push(id) === 1) queueMicrotask(askAll);
    },
  };
}

/** A list of ids is parted by commas: a product that has one in its id is asked for by itself. */
async function loadProducts(api: TitleSource, ids: readonly string[]): Promise<readonly TitledProduct[]> {
  const listed = ids.filter((id) => !id.includes(","));
  const single = ids.filter((id) => id.includes(","));
  const [page, ...products] = await Promise.all([
    listed.length > 0 ? api.listProducts({ query: { ids: listed.join(","), limit: atOnce } }) : { data: [] },
    ...single.map((id) => api.getProduct({ params: { id } }).catch(() => ({ id, title: id }))),
  ]);
  return [...page.data, ...products];
}
