/**
 * What a visitor agreed to, by purpose. A browser that sends Global Privacy Control says no for its owner, whatever a
 * banner says. https://www.w3.org/TR/gpc/
 */
export interface Consent {
  /** An id of their own, events, and with them a place in the experiment. */
  readonly measurement: boolean;
  /** Memory of what they looked at, for better picks. */
  readonly personalisation: boolean;
}

/** Until somebody says otherwise: nothing is kept, nothing is counted, answers are the same for everybody. */
export const noConsent: Consent = { measurement: false, personalisation: false };

/** @returns what is left of a given consent once the browser's own word is heard */
export function effectiveConsent(given: Consent, browser: object): Consent {
  const objects = "globalPrivacyControl" in browser && browser.globalPrivacyControl === true;
  return objects ? noConsent : { measurement: given.measurement, personalisation: given.personalisation };
}
