/** `@basketlift/widgets/elements`: the custom elements, for pages that are bundled. */
export { defineElements } from "./define-elements.ts";
export type { ElementContext } from "./widget-element.tsx";
