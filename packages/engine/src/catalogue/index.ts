export { allocate } from "./allocation.ts";
export { availabilityOf, createCatalogue, defaultMarket, isInStock, marketOf, offerOf } from "./catalogue.ts";
export type { Availability, Catalogue, CatalogueInput } from "./catalogue.ts";
export { createIdentifiers } from "./identifiers.ts";
export type { GrowingIdentifiers, Identifiers } from "./identifiers.ts";
export { currencyExponent, formatMoney, toMajor, toMinor } from "./money.ts";
export type { Minor } from "./money.ts";
export type { Market, Product, Variant } from "./product.ts";
