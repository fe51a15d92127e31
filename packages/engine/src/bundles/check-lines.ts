/** Says what is wrong with the lines a bundle is to be found in. */
import { InvalidInput } from "../errors.ts";
import type { BundleLine } from "./bundle.ts";
import { requireCount, requireMinor } from "./check-bundle.ts";

/**
 * @throws InvalidInput naming the line's field that is wrong
 * @example
 * checkLines([{ productId: "mug", quantity: 1, unitPrice: 1250 }], "EUR");
 */
export function checkLines(lines: readonly BundleLine[], currency: string, path = "lines"): void {
  for (const [index, line] of lines.entries()) {
    requireCount(line.quantity, 1, `${path}[${index}].quantity`);
    requireMinor(line.unitPrice, `${path}[${index}].unitPrice`);
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
