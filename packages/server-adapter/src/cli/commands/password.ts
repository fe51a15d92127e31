/** `basketlift password`: a new one-time password for the owner who lost theirs. Whoever may read the database may do this. */
import type { Command } from "../command.ts";
import { dataOption } from "../data-option.ts";
import { exitCode, UsageError } from "../exit.ts";
import { pathOf, requireShop, withShopDatabase } from "../shop-database.ts";

export const password: Command = {
  name: "password",
  summary: "Give the owner a new one-time password, when the old one is lost.",
  usage: "password [--email EMAIL] [--data DIR]",
  description:
    "Stop the server first, unless DATABASE_URL names a PostgreSQL server.\nThe old password and every sign-in of that person end at once; the console asks for a new password at the next sign-in.",
  options: {
    ...dataOption,
    email: { type: "string", value: "EMAIL", help: "Who it is for. Without it, the only owner." },
  },
  async run({ options, terminal, positionals }) {
    if (positionals.length > 0) throw new UsageError(`Name the person with --email ${positionals[0]}.`, "password");
    await requireShop(pathOf(options));
    const owner = await withShopDatabase(pathOf(options), (_, signIn) => signIn.replacePassword(options.text("email")));
    terminal.print(`  Sign in as   ${owner.email}\n  Password     ${owner.password}   (shown this once)`);
    return exitCode.done;
  },
};
