/** Running text in lines, for terminals and mails. */

/**
 * @param indent stands before every line but the first
 * @returns lines of at most `width` characters, broken between words; longer words are cut
 */
export function wrapText(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((long) => pieces(long, width - indent.length))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  return Array.from({ length: Math.ceil(word.length / width) }, (_, part) =>
    word.slice(part * width, (part + 1) * width),
  );
}
