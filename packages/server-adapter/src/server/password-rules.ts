/**
 * What a password that a person chooses must be, after NIST SP 800-63B-4, 3.1.1.2: long, neither common nor to be expected
 * of this person, and otherwise free: no rules on digits and signs, and any script. Lists of common passwords hold few that
 * are long enough to get here, so the whole password is taken apart instead: it is refused when it is nothing but a few
 * common words, words of the person's own, repetitions and runs of the keyboard.
 */
import { longestPassword, shortestPassword } from "../contract/password-length.ts";
import { ProblemError } from "./problem.ts";

/** So many guessable parts or fewer make a guessable password. */
const fewParts = 4;
/** Characters from which a repetition or a run counts as one part. */
const shortestRun = 3;
const shortestOwnWord = 3;
const longestPeriod = 8;

/** In the order of the alphabet, of the digits, and of keyboards. */
const runs = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "qwertzuiop",
  "azertyuiop",
  "asdfghjkl",
  "zxcvbnm",
];
const runsBothWays = runs.flatMap((run) => [run, Array.from(run).reverse().join("")]);

/** Words at the top of every list of leaked passwords, those a shop suggests, and this product's. */
const commonWords = (
  "password passwort motdepasse contrasena senha passw0rd letmein welcome willkommen bienvenue iloveyou admin " +
  "administrator root owner login signin secret access master superman batman dragon monkey football baseball " +
  "soccer hockey sunshine princess shadow michael jennifer jordan thomas charlie daniel jessica ashley andrew " +
  "matthew joshua george summer winter spring autumn flower freedom whatever trustno1 starwars pokemon cheese " +
  "computer internet google facebook hello killer pepper ginger cookie banana chocolate orange purple hunter " +
  "buster tigger ranger harley mustang maggie nicole hannah london liverpool chelsea arsenal january " +
  "february march april june july august september october november december monday tuesday wednesday thursday " +
  "friday saturday sunday changeme default temp test testing guest user qwerty azerty love life lucky star angel " +
  "baby money happy forever store shop shopping basket basketlift lift console merchant business company " +
  "mypassword newpassword thispassword my new the this is not your 1q2w3e4r 1qaz2wsx q1w2e3r4 zaq12wsx"
).split(" ");

const lettersOfSigns: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

export interface PasswordChange {
  readonly current: string;
  readonly next: string;
  /** Of the person, whose parts everybody would try. */
  readonly email: string;
}

/**
 * @throws ProblemError `invalid-request` at `/next`
 * @example
 * requireGoodPassword({ current, next: "correct horse battery", email: "ada@mugs.example" });
 */
export function requireGoodPassword({ current, next, email }: PasswordChange): void {
  const length = Array.from(next.normalize("NFKC")).length;
  if (length < shortestPassword) throw refusal(`A password has at least ${shortestPassword} characters.`);
  if (next.length > longestPassword) throw refusal(`A password has at most ${longestPassword} characters.`);
  if (next.normalize("NFKC") === current.normalize("NFKC")) throw refusal("The new password is the current one.");
  if (isGuessable(next, email)) {
    throw refusal("Too easy to guess: it is made of common words, repetitions or your address. Add words of your own.");
  }
}

function refusal(detail: string): ProblemError {
  return new ProblemError("invalid-request", detail, { errors: [{ pointer: "/next", detail }] });
}

function isGuessable(password: string, email: string): boolean {
  const text = password.normalize("NFKC").toLowerCase();
  const words = new Set([...commonWords, ...ownWordsOf(email)]);
  return isRepetition(text) || partsOf(text, words) <= fewParts;
}

/** The address and its parts. */
function ownWordsOf(email: string): string[] {
  const address = email.toLowerCase();
  return [address, ...address.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= shortestOwnWord);
}

/** The same few characters again and again. */
function isRepetition(text: string): boolean {
  for (let period = 1; period <= longestPeriod; period++) {
    if (text.slice(period) === text.slice(0, -period)) return true;
  }
  return false;
}

/** @returns the fewest parts that a text falls into: words, runs, repeated characters, or characters by themselves */
function partsOf(text: string, words: ReadonlySet<string>): number {
  const fewest = [0];
  for (let end = 1; end <= text.length; end++) {
    const counts = fewest.map((count, start) => (isOnePart(text.slice(start, end), words) ? count + 1 : Infinity));
    fewest.push(Math.min(...counts));
  }
  return fewest[text.length];
}

function isOnePart(text: string, words: ReadonlySet<string>): boolean {
  if (text.length === 1 || words.has(text) || words.has(withLettersForSigns(text))) return true;
  if (text.length < shortestRun) return false;
  return new Set(text).size === 1 || runsBothWays.some((run) => run.includes(text));
}

const withLettersForSigns = (text: string): string =>
  text.replace(/[013457@$!]/g, (sign) => lettersOfSigns[sign] ?? sign);
