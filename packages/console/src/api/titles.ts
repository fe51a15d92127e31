/** Titles of products by id, asked for once each: the log and the trace speak of products by id. */
import { signal } from "@preact/signals";
import type { Api } from "./client.ts";

export interface Titles {
  /** The title, as far as it is known; undefined until then. A product that is not in the catalogue keeps its id. */
  titleOf(id: string): string | undefined;
  /** Asks for a title in the background. */
  want(id: string): void;
  /** Remembers a title that came with something else. */
  learn(id: string, title: string): void;
}

const atOnce = 4;

export function createTitles(api: Pick<Api, "getProduct">): Titles {
  const known = signal<ReadonlyMap<string, string>>(new Map());
  const asked = new Set<string>();
  const queue: string[] = [];
  let running = 0;

  const learn = (id: string, title: string): void => {
    asked.add(id);
    if (known.peek().get(id) !== title) known.value = new Map(known.peek()).set(id, title);
  };
  const work = async (): Promise<void> => {
    running++;
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const product = await api.getProduct({ params: { id } }).catch(() => undefined);
      learn(id, product?.title ?? id);
    }
    running--;
  };
  return {
    learn,
    titleOf: (id) => known.value.get(id),
    want(id) {
      if (asked.has(id)) return;
      asked.add(id);
      queue.push(id);
      if (running < atOnce) void work();
    },
  };
}
