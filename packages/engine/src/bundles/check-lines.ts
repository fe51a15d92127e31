/** Says what is wrong with the lines a bundle is to be found in. */
import { requireMinor } from "../catalogue/money.ts";
import { InvalidInput } from "../errors.ts";
import type { BundleLine } from "./bundle.ts";
import { requireCount } from "./check-bundle.ts";

/** Units of a line are counted in 32 bits. */
const mostUnits = 2 ** 32 - 1;

/**
 * @throws InvalidInput naming the line's field that is wrong
 * @example
 * checkLines([{ productId: "mug", quantity: 1, unitPrice: 1250 }], "EUR");
 */
export function checkLines(lines: readonly BundleLine[], currency: string, path = "lines"): void {
  let value = 0;
  for (const [index, line] of lines.entries()) {
    requireCount(line.quantity, 1, `${path}[${index}].quantity`);
    if (line.quantity > mostUnits) {
      throw new InvalidInput(`${path}[${index}].quantity`, line.quantity, `a whole number of at most ${mostUnits}`);
    }
    requireMinor(line.unitPrice, `${path}[${index}].unitPrice`);
    value += line.quantity * line.unitPrice;
    if (!Number.isSafeInteger(value)) {
      throw new InvalidInput(`${path}[${index}].unitPrice`, line.unitPrice, "so low that the lines add up to the unit");
    }
    if (line.unitCost !== undefined) requireMinor(line.unitCost, `${path}[${index}].unitCost`);
    if (line.currency !== undefined && line.currency !== currency) {
      throw new InvalidInput(
        `${path}[${index}].currency`,
        line.currency,
        `the market's currency (${currency}); convert the line first`,
      );
    }
  }
}
