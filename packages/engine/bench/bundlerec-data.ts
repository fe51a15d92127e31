/** BundleRec (Sun et al., "Revisiting Bundle Recommendation", SIGIR 2022): sessions of Amazon, and bundles people made in them. */
import { createIdentifiers } from "@basketlift/engine/catalogue";
import type { BundledSession, BundleItem } from "@basketlift/engine/bundles";

export interface BundleRecData {
  readonly name: string;
  readonly items: readonly BundleItem[];
  /** Sessions with at least one bundle, oldest first. The others were judged by nobody or without agreement. */
  readonly sessions: readonly BundledSession[];
}

/**
 * @param read gives the text of a file by its name, without its ending
 * @returns sessions by time, and by number where times are equal
 */
export function readBundleRec(name: string, read: (file: string) => string): BundleRecData {
  const rows = (file: string): string[][] => parseCsv(read(file)).slice(1);
  const ids = createIdentifiers();
  const itemsOf = grouped(rows("session_item").map(([session, item]) => [session, ids.intern(item)]));
  const itemsOfBundle = grouped(rows("bundle_item").map(([bundle, item]) => [bundle, ids.intern(item)]));
  const bundlesOf = grouped(rows("session_bundle").map(([session, bundle]) => [session, bundle]));
  const at = new Map(rows("user_session").map(([, session, time]) => [session, Number(time)]));
  const titles = new Map(rows("item_titles").map(([item, title]) => [item, title]));
  const categories = new Map(rows("item_categories").map(([item, paths]) => [item, parsePaths(paths)]));
  const sessions = [...bundlesOf.keys()]
    .sort((a, b) => (at.get(a) ?? 0) - (at.get(b) ?? 0) || Number(a) - Number(b))
    .map((session) => ({
      items: [...new Set(itemsOf.get(session))],
      bundles: (bundlesOf.get(session) ?? []).map((bundle) => [...new Set(itemsOfBundle.get(bundle))]),
    }));
  const items = Array.from({ length: ids.size }, (_, item) => {
    const id = ids.idOf(item);
    return { title: titles.get(id) ?? "", categories: categories.get(id) ?? [] };
  });
  return { name, items, sessions };
}

function grouped<Value>(pairs: readonly (readonly [string, Value])[]): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** `[[Electronics,Cables],[Office]]`: paths from the root down. */
function parsePaths(text: string): string[][] {
  return [...text.matchAll(/\[([^[\]]+)\]/g)].map(([, path]) => path.split(","));
}

/** RFC 4180: fields may be quoted and then hold commas, line breaks and doubled quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  return rows;
}
