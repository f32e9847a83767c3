/** One key of a secret whose value is a JSON object, and the file that Grafana reads it from. */
export interface SecretPart {
  readonly from: string;
  readonly key: string;
  readonly to: string;
}

/** A path or key as the shell takes it: nothing in it has a meaning there. */
function plain(word: string): string {
  if (!/^[\w./-]+$/.test(word)) throw new Error(`${word} has a character that the shell gives a meaning`);
  return word;
}

/**
 * What a container runs before Grafana: it writes parts of secrets to files of their own, because Grafana reads a file as one value and
 * Secrets Manager keeps a user and a password in one. A value with a quote or a backslash in it stops the start, rather than being cut short.
 */
export function startScript(parts: readonly SecretPart[], start: string): string {
  return [
    "set -eu",
    "umask 077",
    "part() {",
    `  sed -n 's/.*"'"$2"'"[[:space:]]*:[[:space:]]*"\\([^"\\\\]*\\)".*/\\1/p' "$1" | tr -d '\\n' > "$3"`,
    '  if [ ! -s "$3" ]; then echo "secret $1 has no plain text under $2" >&2; exit 1; fi',
    "}",
    ...parts.map(({ from, key, to }) => `part ${plain(from)} ${plain(key)} ${plain(to)}`),
    `exec ${plain(start)}`,
    "",
  ].join("\n");
}
