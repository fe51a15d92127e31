/** Placements as merchants call them. */

const names: Readonly<Record<string, string>> = {
  homepage: "Home page",
  category: "Category page",
  search: "Search results",
  pdp: "Product page",
  cart: "Cart",
  checkout: "Checkout",
  "post-purchase": "After the purchase",
  email: "E-mail",
};

/** @returns the placement itself where it has no name of its own */
export const placementName = (placement: string): string => names[placement] ?? placement;

export const placements: readonly string[] = Object.keys(names);
