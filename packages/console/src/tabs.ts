/** The console's tabs: navigation, addresses, titles and the command palette are all made from this one table. */
import type { ComponentType } from "preact";

/** What a page is told: the rest of the path below its own. */
export interface TabProps {
  readonly rest: readonly string[];
}

export type Category = "Manage" | "Optimize" | "Advanced" | "Tools" | "Monitoring" | "Settings" | "World-class";

/** Something with an address. */
export interface Page {
  /** Below the console's base; never changes once it was published. */
  readonly path: string;
  readonly title: string;
  /** The question it answers. */
  readonly question: string;
  readonly load: () => Promise<ComponentType<TabProps>>;
}

export interface Tab extends Page {
  readonly category: Category;
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

/** Of the signed-in person, from their menu. */
export const personalPages: readonly Page[] = [
  {
    path: "password",
    title: "Change password",
    question: "Ends your sign-ins on all other devices.",
    load: async () => (await import("./you/password-page.tsx")).PasswordPage,
  },
];

/** Where a person lands who names no tab. */
export const startTab: Tab = tabs[0];

export interface FoundPage {
  readonly page: Page;
  readonly rest: readonly string[];
}

/** @returns the page that a path names, and what follows */
export function findPage(path: string): FoundPage | undefined {
  const [first = "", ...rest] = path.split("/");
  const page = first === "" ? startTab : [...tabs, ...personalPages].find((candidate) => candidate.path === first);
  return page && { page, rest: rest.map(decodeSegment) };
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
