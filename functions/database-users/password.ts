import { randomInt } from "node:crypto";

// Oracle takes at most 30 bytes, and 30 letters and digits are 178 bits. Nothing else, so that no connection string has to quote it.
const LENGTH = 30;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ALL = `${LETTERS}0123456789`;

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

/** A new password: a letter first, which Oracle wants, and of three kinds of characters, which SQL Server wants. */
export function newPassword(): string {
  for (;;) {
    const password = pick(LETTERS) + Array.from({ length: LENGTH - 1 }, () => pick(ALL)).join("");
    if (/[A-Z]/.test(password) && /[a-z]/.test(password) && /[0-9]/.test(password)) return password;
  }
}
