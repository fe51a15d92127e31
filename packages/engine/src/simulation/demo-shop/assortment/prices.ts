/** Prices as a shop would print them. */
import type { Minor } from "../../../catalogue/money.ts";

/** Pounds for one euro in the shop's British price list. */
const poundsPerEuro = 0.87;

/** Euro prices end in .45 or .95 below 10, in .95 below 100, and are whole above. */
export function euroPrice(euros: number): Minor {
  if (euros < 10) return Math.max(2, Math.round(euros * 2)) * 50 - 5;
  if (euros < 100) return Math.round(euros) * 100 - 5;
  return Math.round(euros / 5) * 500 - 100;
}

/** The British list follows the euro one, in .49 and .99. */
export function poundPrice(euros: number): Minor {
  const pounds = euros * poundsPerEuro;
  if (pounds < 10) return Math.max(2, Math.floor(pounds * 2)) * 50 - 1;
  if (pounds < 100) return Math.round(pounds) * 100 - 1;
  return Math.round(pounds / 5) * 500 - 100;
}
