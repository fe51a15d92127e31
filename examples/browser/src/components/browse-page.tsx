/** The product browser: a row for this visit, then every product, narrowed by category and words. */
import type { Product } from "@basketlift/engine/catalogue";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { categoriesBelow, createProductSearch, type CategoryCount } from "../product-search.ts";
import { addressOf, replaceRoute, type BrowseRoute } from "../route.ts";
import { useStorefront } from "../storefront.ts";
import { DecidedRow } from "./decided-row.tsx";
import { ProductTile } from "./product-tile.tsx";
import { useDecision } from "./use-decision.ts";

/** Products drawn at first, and with every press of the button. */
const pageSize = 24;

/** More categories than this are chosen from a list. */
const mostChips = 12;

export function BrowsePage({ route }: { readonly route: BrowseRoute }): JSX.Element {
  const { shop } = useStorefront();
  const search = useMemo(() => createProductSearch(shop.products), [shop]);
  const found = search(route);
  return (
    <>
      <div class="hero">
        <h1 tabIndex={-1}>Things that go together</h1>
        <p>{shop.products.length.toLocaleString(shop.locale)} products, and a reason for everything we suggest.</p>
      </div>
      <VisitRow />
      <section class="browse" aria-labelledby="browse-heading">
        <div class="browse__head">
          <h2 id="browse-heading" tabIndex={-1}>
            {route.category.split(" / ").at(-1) || "All products"}
          </h2>
          <SearchField route={route} />
        </div>
        <CategoryFilter route={route} products={shop.products} />
        <p class="browse__count" role="status">
          {inWords(found.length, shop.locale)}
        </p>
        <ProductGrid key={addressOf(route)} products={found} />
      </section>
    </>
  );
}

/** Decided when the page opens: it does not change under the shopper's hand while they fill the cart. */
function VisitRow(): JSX.Element {
  const { visit, cart } = useStorefront();
  const [cartThen] = useState(() =>
    cart.entries.peek().map(({ product, quantity }) => ({ productId: product.id, quantity })),
  );
  const session = visit.viewed.value;
  const recommendation = useDecision({ placement: "homepage", limit: 12, session, cart: cartThen });
  return (
    <DecidedRow
      recommendation={recommendation}
      heading={session.length > 0 ? "Picked for this visit" : "A good place to start"}
    />
  );
}

function SearchField({ route }: { readonly route: BrowseRoute }): JSX.Element {
  return (
    <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="visually-hidden" for="search">
        Search products
      </label>
      <input
        id="search"
        type="search"
        placeholder="Search products"
        autocomplete="off"
        value={route.search}
        onInput={({ currentTarget }) => replaceRoute({ ...route, search: currentTarget.value })}
      />
    </form>
  );
}

interface CategoryFilterProps {
  readonly route: BrowseRoute;
  readonly products: readonly Product[];
}

/** The top categories, and below them those of the chosen one. Nothing for a shop without any. */
function CategoryFilter({ route, products }: CategoryFilterProps): JSX.Element | null {
  const [top = ""] = route.category.split(" / ");
  const levels = useMemo(
    () =>
      [categoriesBelow(products), ...(top ? [categoriesBelow(products, top)] : [])].filter(({ length }) => length > 0),
    [products, top],
  );
  if (levels.length === 0) return null;
  return (
    <nav class="categories" aria-label="Categories">
      {levels.map((categories, level) => {
        const all = level === 0 ? "" : top;
        return categories.length > mostChips ? (
          <CategoryList key={all} {...{ route, categories, all }} />
        ) : (
          <CategoryChips key={all} {...{ route, categories, all }} />
        );
      })}
    </nav>
  );
}

interface CategoryLevelProps {
  readonly route: BrowseRoute;
  readonly categories: readonly CategoryCount[];
  /** The path that stands for all of them. */
  readonly all: string;
}

function CategoryChips({ route, categories, all }: CategoryLevelProps): JSX.Element {
  const chips = [{ path: all, name: "All", products: 0 }, ...categories];
  return (
    <ul class="chips">
      {chips.map(({ path, name, products }) => {
        const isCurrent = path === route.category || (path !== all && route.category.startsWith(`${path} / `));
        return (
          <li key={path}>
            <a
              class="chip"
              href={addressOf({ ...route, category: path })}
              aria-current={isCurrent ? "true" : undefined}
            >
              {name}
              {products > 0 && <span class="chip__count"> {products}</span>}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function CategoryList({ route, categories, all }: CategoryLevelProps): JSX.Element {
  const chosen = categories.find(({ path }) => `${route.category} / `.startsWith(`${path} / `));
  return (
    <select
      class="category-list"
      aria-label="Category"
      value={chosen?.path ?? all}
      onChange={({ currentTarget }) => (location.hash = addressOf({ ...route, category: currentTarget.value }))}
    >
      <option value={all}>All</option>
      {categories.map(({ path, name, products }) => (
        <option key={path} value={path}>
          {name} ({products})
        </option>
      ))}
    </select>
  );
}

function ProductGrid({ products }: { readonly products: readonly Product[] }): JSX.Element {
  const [shown, setShown] = useState(pageSize);
  return (
    <>
      <ul class="grid">
        {products.slice(0, shown).map((product) => (
          <li key={product.id}>
            <ProductTile product={product} />
          </li>
        ))}
      </ul>
      {shown < products.length && (
        <button type="button" class="button button--quiet browse__more" onClick={() => setShown(shown + pageSize)}>
          Show {Math.min(pageSize, products.length - shown)} more
        </button>
      )}
    </>
  );
}

function inWords(count: number, locale: string): string {
  if (count === 0) return "Nothing here by that name";
  return count === 1 ? "1 product" : `${count.toLocaleString(locale)} products`;
}
