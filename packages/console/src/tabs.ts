/** The console's tabs: navigation, addresses, titles and the command palette are all made from this one table. */
import type { ComponentType } from "preact";

/** What a tab is told: the rest of the path below its own. */
export interface TabProps {
  readonly rest: readonly string[];
}

export type Category = "Manage" | "Optimize" | "Advanced" | "Tools" | "Monitoring" | "Settings" | "World-class";

export interface Tab {
  readonly category: Category;
  /** Below the console's base; never changes once it was published. */
  readonly path: string;
  readonly title: string;
  /** The question it answers. */
  readonly question: string;
  readonly load: () => Promise<ComponentType<TabProps>>;
}

/** A tab that is not built is not here. */
export const tabs: readonly Tab[] = [
  {
    category: "Manage",
    path: "overview",
    title: "Overview",
    question: "How is the shop doing, and what should I do today?",
    load: async () => (await import("./manage/overview.tsx")).Overview,
  },
  {
    category: "Manage",
    path: "recommendations",
    title: "Recommendations",
    question: "Which strategy serves where, and why was this shown?",
    load: async () => (await import("./manage/recommendations.tsx")).Recommendations,
  },
  {
    category: "Advanced",
    path: "product-affinity",
    title: "Product Affinity",
    question: "Which products sell together, and how sure is that?",
    load: async () => (await import("./advanced/product-affinity.tsx")).ProductAffinity,
  },
  {
    category: "Tools",
    path: "bulk-import",
    title: "Bulk Import",
    question: "How do I bring in orders and products?",
    load: async () => (await import("./tools/bulk-import.tsx")).BulkImport,
  },
];

/** Where a person lands who names no tab. */
export const startTab: Tab = tabs[0];

/** @returns the tab that a path names, and what follows */
export function findTab(path: string): { readonly tab: Tab; readonly rest: readonly string[] } | undefined {
  const [first = "", ...rest] = path.split("/");
  const tab = first === "" ? startTab : tabs.find((candidate) => candidate.path === first);
  return tab && { tab, rest: rest.map(decodeSegment) };
}

/** Tabs by category, in the table's order. */
export function tabsByCategory(): readonly (readonly [Category, readonly Tab[]])[] {
  return [...Map.groupBy(tabs, ({ category }) => category)];
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
