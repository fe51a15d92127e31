/** `@basketlift/widgets`: Preact components for storefronts, and their headless parts. */
export { BoughtTogether } from "./bought-together.tsx";
export type { BoughtTogetherProps } from "./bought-together.tsx";
export { linesOf, totalOf, variantName } from "./bundle-choice.ts";
export type { BundleChoice, BundleLine, BundleProduct, BundleVariant, ProductChoice } from "./bundle-choice.ts";
export { pageTarget, readScroll, scrollByPage, useCarouselScroll, watchScroll } from "./carousel-scroll.ts";
export type { CarouselScroll, ScrollState } from "./carousel-scroll.ts";
export { defaultLabels } from "./labels.ts";
export type { BundleLabels, Labels, RowLabels } from "./labels.ts";
export type { ProductActions, SelectEvent } from "./product-card.tsx";
export { initialsOf, ProductPicture } from "./product-picture.tsx";
export type { ProductPictureProps } from "./product-picture.tsx";
export { RecommendationRow } from "./recommendation-row.tsx";
export type { RecommendationRowProps } from "./recommendation-row.tsx";
export { isShown } from "./shown.ts";
export type { ShownItem, ShownRecommendation } from "./shown.ts";
