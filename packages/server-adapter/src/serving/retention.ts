/** How long engines and states are kept after they served, so that what they decided can be decided again. */

/** In days after it last served, ... */
export const keptDays = 7;
/** ... and newest first within this many bytes of engines, ... */
export const keptEngineBytes = 2 * 2 ** 30;
/** ... and of changes of the catalogue. */
export const keptStateBytes = 256 * 2 ** 20;

/** In words, for whoever asks for one that is gone. */
export const retentionInWords = `States are kept for ${keptDays} days after they last served, as long as their changes of the catalogue fit into ${keptStateBytes / 2 ** 20} MB and their engines into ${keptEngineBytes / 2 ** 30} GB.`;

export interface Kept {
  /** Milliseconds since 1970, UTC. */
  readonly servedUntil: number;
  readonly bytes: number;
}

/**
 * @param entries newest first
 * @param least of the newest that stay in any case
 * @returns those to remove
 */
export function expired<Entry extends Kept>(
  entries: readonly Entry[],
  { least, bytes, now }: { readonly least: number; readonly bytes: number; readonly now: number },
): Entry[] {
  const oldest = now - keptDays * 86_400_000;
  let held = 0;
  return entries.filter((entry, place) => {
    held += entry.bytes;
    return place >= least && (entry.servedUntil < oldest || held > bytes);
  });
}
