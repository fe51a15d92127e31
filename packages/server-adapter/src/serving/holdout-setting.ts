/** The share of visitors who see no recommendations, as the shop has set it; the engine's own share where it has not. */
import { eq } from "drizzle-orm";
import { settings } from "../database/schema.ts";
import { bump } from "../database/versions.ts";
import type { Database } from "../server/services.ts";

/** The row of `settings`. */
const holdoutShareSetting = "holdoutShare";

/** @returns undefined where the shop has set none */
export async function loadHoldoutShare(db: Database): Promise<number | undefined> {
  const [row] = await db.select().from(settings).where(eq(settings.key, holdoutShareSetting));
  return isShare(row?.value) ? row.value : undefined;
}

/** Serving engines follow within a second. @param share 0 to 1 */
export async function saveHoldoutShare(db: Database, share: number): Promise<void> {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`A share of visitors lies between 0 and 1; received ${share}.`);
  }
  await db.transaction(async (transaction) => {
    await transaction
      .insert(settings)
      .values({ key: holdoutShareSetting, value: share })
      .onConflictDoUpdate({ target: settings.key, set: { value: share } });
    await bump(transaction, "settings");
  });
}

function isShare(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= 1;
}
