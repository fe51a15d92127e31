/** `@basketlift/widgets`: Preact components for storefronts, and their headless parts. */
export { pageTarget, readScroll, scrollByPage, useCarouselScroll, watchScroll } from "./carousel-scroll.ts";
export type { CarouselScroll, ScrollState } from "./carousel-scroll.ts";
export { defaultLabels } from "./labels.ts";
export type { RowLabels } from "./labels.ts";
export type { ProductActions, SelectEvent } from "./product-card.tsx";
export { initialsOf, ProductPicture } from "./product-picture.tsx";
export type { ProductPictureProps } from "./product-picture.tsx";
export { RecommendationRow } from "./recommendation-row.tsx";
export type { RecommendationRowProps } from "./recommendation-row.tsx";
