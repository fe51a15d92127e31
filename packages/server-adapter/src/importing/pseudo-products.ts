/**
 * Codes under which shops book what is no product: postage, discounts, bank charges, manual corrections, samples, gift
 * vouchers. They would turn up as everybody's companion. A code counts as one
 *  - by itself, when it is on the list below;
 *  - or by its title, when the whole of it says so ("Manual", "Shipping cost", "... Gift Voucher £20.00").
 * Codes of one letter (Online Retail's D, M, S, B) are judged by their title only: elsewhere they may be products.
 */

/** Compared without case. Online Retail's own first, then what shop systems book. */
const codes = new Set([
  ..."POST,DOT,C2,CRUK,AMAZONFEE,BANK CHARGES,ADJUST,ADJUST2".split(","),
  ..."SHIPPING,POSTAGE,DELIVERY,FREIGHT,HANDLING,DISCOUNT,COUPON,VOUCHER,GIFTCARD,GIFT CARD,GIFT-CARD,TIP,DONATION,DEPOSIT,SAMPLE,SAMPLES,TEST,TEST001,TEST002,VERSAND,PORTO,RABATT,GUTSCHEIN".split(
    ",",
  ),
]);

/** What a whole title may say, in capitals' absence; further words only where the pattern allows them. */
const titles: readonly RegExp[] = [
  /^(?:[\w.]+ )?(?:postage|carriage|freight|shipping|delivery|handling)(?: (?:and|&) (?:packing|handling|packaging))?(?: (?:fees?|charges?|costs?))?$/i,
  /^manual(?: (?:entry|correction|adjustment))?$/i,
  /^(?:order |cart |manual )?discounts?$/i,
  /^(?:free )?samples?$/i,
  /^(?:bank|card|credit card|payment|transaction|service|handling) (?:charges?|fees?)$/i,
  /^(?:amazon|ebay|paypal|stripe|marketplace)(?: \w+)? fees?$/i,
  /^\w+ commission$/i,
  /^adjust(?:ment)?(?: bad debt| by .*)?$/i,
  /^(?:tips?|gratuity|donations?|deposit|surcharge|rounding|gift ?wrap(?:ping)?|packaging|insurance|shipping protection|route package protection)(?: (?:fees?|charges?))?$/i,
  /\bgift (?:vouchers?|certificates?)\b/i,
  /^(?:e-?|digital |virtual )?gift ?cards?(?:[ -]+[£€$]?\d+(?:[.,]\d+)?(?: ?[£€$]| [a-z]{3})?)?$/i,
  /^(?:versand(?:kosten)?|porto|rabatt|gutschein|geschenkgutschein|frais de (?:port|livraison)|livraison|remise|carte cadeau|bon d'achat)$/i,
  /^this is a test product\.?$/i,
];

/** The merchant's own word on single codes. */
export interface PseudoProductOptions {
  /** Codes that are no products either. */
  readonly also?: readonly string[] | undefined;
  /** Codes that are products whatever they look like: gift vouchers, for a shop that wants to recommend them. */
  readonly never?: readonly string[] | undefined;
}

/**
 * @returns whether a code with this title is no product
 * @example
 * createPseudoProducts()("DOT", "DOTCOM POSTAGE"); // true
 */
export function createPseudoProducts({ also = [], never = [] }: PseudoProductOptions = {}): (
  code: string,
  title: string,
) => boolean {
  const added = new Set(also.map(plainCode));
  const kept = new Set(never.map(plainCode));
  return (code, title) => {
    const plain = plainCode(code);
    if (kept.has(plain)) return false;
    return added.has(plain) || codes.has(plain) || titles.some((pattern) => pattern.test(title));
  };
}

/** A code without what typing it by hand changes: case, and spaces around and inside. */
export function plainCode(code: string): string {
  return code.trim().replaceAll(/\s+/g, " ").toUpperCase();
}
