/** `@basketlift/widgets/placed`: widgets as Preact components that ask, draw and report by themselves. */
export { BoughtTogetherPlace, RecommendationsPlace } from "./places.tsx";
export type { BoughtTogetherPlaceProps, RecommendationsPlaceProps } from "./places.tsx";
