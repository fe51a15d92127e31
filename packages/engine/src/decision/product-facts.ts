/** What the shop's history says of each product, beyond what models learn from it. Figures: for the private side only. */
import type { Minor } from "../catalogue/money.ts";

/** Columns by product. A catalogue may have grown since: younger products stand behind the columns' end. */
export interface ProductFacts {
  /** Share of the units sold that come back; see `returnRates`. */
  readonly returnRate: Float64Array;
  /** Units that a day is expected to sell. */
  readonly dailyDemand: Float64Array;
  /** How many visits saw the product; how many orders held it, where no visits are known. */
  readonly exposures: Float64Array;
  /** Of products that stand behind the columns' end. */
  readonly shopReturnRate: number;
}

/** What a sale costs besides the goods. */
export interface Economics {
  /** Part of the net price that is added for tax, for example 0.19, where prices hold it. 0 when left out. */
  readonly taxRate?: number;
  /** What the shop pays for one unit that comes back: carriage, inspection, loss of value; home market's minor units. */
  readonly returnCost?: Minor;
}
