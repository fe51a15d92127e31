/** A product by its title, once that is known; its id until then. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useConsole } from "../console.ts";

export function ProductName({ id }: { readonly id: string }): JSX.Element {
  const { titles } = useConsole();
  useEffect(() => titles.want(id), [id]);
  const title = titles.titleOf(id);
  return (
    <span class="product-name" title={id}>
      {title ?? id}
    </span>
  );
}
