/** What would end the script, begin a comment in it, or end a line of JavaScript. */
const UNSAFE = /[<>&\u2028\u2029]/g;

/** JSON that can stand in a script element of a page: the same value, with no character that HTML or an old reader of scripts could mistake. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Text that can stand in an element or a quoted attribute. */
export function escapedText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
