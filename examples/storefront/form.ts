/** Reads forms: texts only, and an empty one for what is missing or a file. */
import type { Context } from "hono";

/** @returns reads a field by its name */
export async function readForm(context: Context): Promise<(name: string) => string> {
  const body = await context.req.parseBody();
  return (name) => {
    const value = body[name];
    return typeof value === "string" ? value.trim() : "";
  };
}
