/** The shop's colours, by the names that stand on the product page. */
export const colours = {
  Chalk: "#efe9df",
  Oat: "#dcc9a8",
  Sand: "#cfa97c",
  Honey: "#e0a83e",
  Mustard: "#d79a2b",
  Apricot: "#eda36b",
  Terracotta: "#c9704a",
  Brick: "#a94a3a",
  Berry: "#9c3353",
  Rose: "#d98a94",
  Blush: "#ebbfb4",
  Lilac: "#a796c7",
  Plum: "#6b4466",
  Indigo: "#4a5591",
  Navy: "#2f4464",
  Ocean: "#357a97",
  Sky: "#8dbbd6",
  Mint: "#9fcdb4",
  Sage: "#93a98a",
  Moss: "#6d8245",
  Forest: "#34604c",
  Olive: "#8a8640",
  Cocoa: "#6e4a37",
  Stone: "#a8a196",
  Slate: "#65717b",
  Charcoal: "#42454a",
} as const;

/** Name of one of the shop's colours. */
export type ColourName = keyof typeof colours;
