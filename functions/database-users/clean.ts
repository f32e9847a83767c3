/** Shortest text that counts as a secret: shorter ones would be found in any message. */
const SHORTEST = 6;
/** What follows `BY`, `USING` or `PASSWORD` in a statement, in the quotes of any engine. */
const IN_STATEMENTS = /\b(BY|USING|PASSWORD)(\s*=?\s*)(['"])(?:(?!\3).)*\3/gi;
const HIDDEN = "[secret]";

/** Passwords the function has seen since it started, so that no error says them. */
export class SeenSecrets {
  private readonly seen = new Set<string>();

  add(secret: string): void {
    if (secret.length >= SHORTEST) this.seen.add(secret);
  }

  /** A text with no password in it, neither one that was seen nor one in a statement. */
  clean(text: string): string {
    return [...this.seen].reduce((left, secret) => left.replaceAll(secret, HIDDEN), text).replace(IN_STATEMENTS, `$1$2${HIDDEN}`);
  }

  /**
   * An error that may be logged, and that a caller may keep: drivers put the statement they failed on into their errors, and Lambda logs
   * every property of what is thrown.
   */
  cleanError(error: unknown): Error {
    if (!(error instanceof Error)) return new Error(this.clean(String(error)));
    const clean = new Error(this.clean(error.message));
    clean.name = error.name;
    clean.stack = this.clean(error.stack ?? "");
    return clean;
  }
}
