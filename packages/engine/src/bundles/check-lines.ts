/** Says what is wrong with the lines a bundle is to be found in. */
import { InvalidInput } from "../errors.ts";
import type { BundleLine } from "./bundle.ts";
import { requireCount, requireMinor } from "./check-bundle.ts";

/**
 * @throws InvalidInput naming the line's field that is wrong
 * @example
 * checkLines([{ productId: "mug", quantity: 1, unitPrice: 1250 }], "EUR");
 */
export function checkLines(lines: readonly BundleLine[], currency: string): void {
  for (const [index, line] of lines.entries()) {
    requireCount(line.quantity, 1, `lines[${index}].quantity`);
    requireMinor(line.unitPrice, `lines[${index}].unitPrice`);
    if (line.unitCost !== undefined) requireMinor(line.unitCost, `lines[${index}].unitCost`);
    if (line.currency !== undefined && line.currency !== currency) {
      throw new InvalidInput(
        `lines[${index}].currency`,
        line.currency,
        `the market's currency (${currency}); convert the line first`,
      );
    }
  }
}
