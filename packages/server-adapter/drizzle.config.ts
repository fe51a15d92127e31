/**
 * Where drizzle-kit finds the tables and puts the migrations it writes for their changes:
 * `npm run migration --workspace packages/server-adapter -- --name what_changed`.
 */
import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: "./src/database/schema.ts",
  out: "./migrations",
});
