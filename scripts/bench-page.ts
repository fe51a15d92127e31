/** docs/benchmarks.md as sections by name, so that a run of some of them leaves the others as they were. */

const marker = (name: string): string => `<!-- ${name} -->`;

/** @returns the sections of a page, by name */
export function readSections(page: string): Map<string, string> {
  const sections = new Map<string, string>();
  for (const part of page.split(/^(?=<!-- [\w-]+ -->$)/m)) {
    const [, name, text] = /^<!-- ([\w-]+) -->\n([^]*)$/.exec(part) ?? [];
    if (name !== undefined && text !== undefined) sections.set(name, text.trim());
  }
  return sections;
}

/** Sections in the order of `benchmarks`; those that it no longer names are dropped. */
export function writePage(
  sections: ReadonlyMap<string, string>,
  benchmarks: readonly { readonly name: string }[],
): string {
  const written = benchmarks.flatMap(({ name }) => {
    const text = sections.get(name);
    return text === undefined ? [] : [`${marker(name)}\n\n${text}`];
  });
  const head = [
    "# Benchmarks",
    "Measured by `npm run bench`, each section by the command below it. Settings were chosen on validation parts; test parts were asked once they were settled. Times are of a shared machine: run it on yours.",
  ];
  return `${[...head, ...written].join("\n\n")}\n`;
}
