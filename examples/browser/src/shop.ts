/** Opens a shop: reads the manifest, fetches the engine's files and puts the engine together, all in this page. */
import { loadEngine, type Engine } from "@basketlift/engine";
import { marketOf, offerOf, type Market, type Minor, type Product, type Variant } from "@basketlift/engine/catalogue";

/** `manifest.json`, beside the engine's files. */
export interface Manifest {
  readonly files: readonly string[];
  /** ISO 4217. */
  readonly currency: string;
  /** BCP 47. */
  readonly locale: string;
  readonly shopName: string;
}

/** An open shop. */
export interface Shop {
  readonly name: string;
  readonly locale: string;
  readonly market: Market;
  readonly engine: Engine;
  /** What can be bought here, bestsellers first. */
  readonly products: readonly Product[];
}

/**
 * @param folder address of the folder with the manifest, ending in a slash
 * @throws Error that says which file is missing or malformed
 */
export async function openShop(folder: string): Promise<Shop> {
  const manifest: unknown = await (await fetchFile(`${folder}manifest.json`)).json();
  if (!isManifest(manifest)) throw new Error(`${folder}manifest.json lacks files, currency, locale or shopName.`);
  const contents = await Promise.all(
    manifest.files.map(async (file): Promise<[string, Uint8Array]> => {
      const response = await fetchFile(folder + file);
      return [file, new Uint8Array(await response.arrayBuffer())];
    }),
  );
  const engine = await loadEngine(new Map(contents));
  const market = marketOf(engine.catalogue);
  return {
    name: manifest.shopName,
    locale: manifest.locale,
    market,
    engine,
    products: bestsellersFirst(engine, market),
  };
}

/** A product by its id, unless the shop does not show it. */
export function productOf({ engine: { catalogue } }: Shop, id: string): Product | undefined {
  const index = catalogue.ids.indexOf(id);
  const product = index === undefined ? undefined : catalogue.products[index];
  return product?.active === false ? undefined : product;
}

/** The variant and price a product is shown with. */
export function shownOffer({ market }: Shop, product: Product): { variant: Variant; price: Minor } | undefined {
  return offerOf(product, market);
}

async function fetchFile(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be read: the server answered ${response.status}.`);
  return response;
}

function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === "object" &&
    value !== null &&
    "files" in value &&
    Array.isArray(value.files) &&
    value.files.every((file) => typeof file === "string") &&
    "currency" in value &&
    typeof value.currency === "string" &&
    "locale" in value &&
    typeof value.locale === "string" &&
    "shopName" in value &&
    typeof value.shopName === "string"
  );
}

function bestsellersFirst({ catalogue, parts }: Engine, market: Market): readonly Product[] {
  const { products } = catalogue;
  const ranked = parts.models.get("popularity")?.recommend({ history: [] }, products.length).products ?? [];
  const inOrder = new Set(Array.from(ranked, (index) => products[index]));
  for (const product of products) inOrder.add(product);
  return Array.from(inOrder).filter((product) => product.active !== false && offerOf(product, market) !== undefined);
}
