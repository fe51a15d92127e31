/**
 * The server's own secrets: made at the first start and kept in the data directory, or given by the environment where
 * several servers share them.
 */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";
import type { Secrets } from "./services.ts";

const secretBytes = 32;
const encodedSecret = z.base64().refine((text) => Buffer.from(text, "base64").length >= secretBytes);
const secretsFile = z.object({ receiptKey: encodedSecret, shopperKey: encodedSecret });

/** Environment variables that go before the file; base64 of at least 32 bytes. */
export const secretVariables = { receiptKey: "BASKETLIFT_RECEIPT_KEY", shopperKey: "BASKETLIFT_SHOPPER_KEY" } as const;

/**
 * @param path of the file, made when it is missing
 * @throws when the file or a variable holds something else
 */
export async function loadSecrets(path: string, environment: NodeJS.ProcessEnv = process.env): Promise<Secrets> {
  const given = {
    receiptKey: environment[secretVariables.receiptKey],
    shopperKey: environment[secretVariables.shopperKey],
  };
  for (const name of ["receiptKey", "shopperKey"] as const) {
    if (given[name] === undefined || encodedSecret.safeParse(given[name]).success) continue;
    throw new Error(`${secretVariables[name]} must be base64 of at least ${secretBytes} random bytes.`);
  }
  if (given.receiptKey !== undefined && given.shopperKey !== undefined) {
    return { receiptKey: decode(given.receiptKey), shopperKey: decode(given.shopperKey) };
  }
  const kept = await readOrMake(path);
  return {
    receiptKey: decode(given.receiptKey ?? kept.receiptKey),
    shopperKey: decode(given.shopperKey ?? kept.shopperKey),
  };
}

async function readOrMake(path: string): Promise<z.output<typeof secretsFile>> {
  const found = await readPrivateFile(path);
  if (found !== undefined) {
    const parsed = secretsFile.safeParse(found);
    if (parsed.success) return parsed.data;
    throw new Error(
      `${path} does not hold the server's secrets. Bring it back from a copy; removing it ends all sign-ins.`,
    );
  }
  const made = { receiptKey: makeSecret(), shopperKey: makeSecret() };
  await writePrivateFile(path, made);
  return made;
}

const makeSecret = (): string => randomBytes(secretBytes).toString("base64");
const decode = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "base64"));
