/** Passwords that the server gives a person, to be shown once and changed at the first sign-in. */
import { randomInt } from "node:crypto";

/** Letters and digits that nobody mixes up. */
const letters = "abcdefghijkmnpqrstuvwxyz23456789";
/** 32^20 passwords: 100 bits. */
const groups = 4;
const groupLength = 5;

/** @example oneTimePassword(); // "k7wq3-..." */
export function oneTimePassword(): string {
  const letter = () => letters[randomInt(letters.length)];
  const group = () => Array.from({ length: groupLength }, letter).join("");
  return Array.from({ length: groups }, group).join("-");
}
