/** How long a password of the console may be: for the contract, and for the field that asks for it. */

/** Characters. NIST SP 800-63B-4, 3.1.1.2, for a password that is the only factor. */
export const shortestPassword = 15;
/** The sign-in library takes no longer ones. */
export const longestPassword = 128;
