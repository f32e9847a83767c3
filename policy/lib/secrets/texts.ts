import { isWhollyKnown, type Json, SECRET } from "../json";

/** How a variable, a setting or a flag is called that holds a secret itself. */
const SECRET_NAME =
  /(^|[^a-z])(pass(word|wd|phrase)?|pwd|secret(_?key)?|(access|auth|api|bearer|refresh|session|license|licence|ingest)_?(token|key)|token|api_?key|private_?key|encryption_?key|signing_?key|client_?secret|credentials?|connection_?string)s?$/;

/** A token that only tells two requests apart. */
const IDEMPOTENCY_TOKEN = /(^|_)(creation|client|next|idempotency|continuation)_token$/;

/** How one is called that says where a secret is, or something about it. */
const REFERENCE_NAME = /(_|^)(arn|id|ids|name|names|path|file|url|uri|version|stage|length|ttl|expiry|type|header|prefix|username|user)$/;

/** Values that are secrets whatever they are called. Sources: the format of each issuer's tokens, as its own pages say it (2026-11). */
const SECRET_VALUES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["an access key of AWS", /\b(AKIA|ASIA)[A-Z2-7]{16}\b/],
  ["a private key", /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/],
  ["a URL with a password", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:(?!\$\{?[A-Za-z_])[^\s/:@"']+@/i],
  ["a token of GitHub", /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50})/],
  ["a token of GitLab", /\bglpat-[A-Za-z0-9_-]{20}/],
  ["a token of Slack", /\bxox[abpors]-[A-Za-z0-9-]{10}/],
  ["a key of Stripe", /\b[rs]k_(live|test)_[A-Za-z0-9]{16}/],
  ["a licence key of New Relic", /\b([a-f0-9]{36}|[A-Za-z0-9]{36})(NRAL)\b/],
  ["a token of Dynatrace", /\bdt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}\b/],
  ["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
  ["a password of a connection string", /\b(password|pwd)=(?!["']?(\$|%|<|\{))[^\s;&"']{3,}/i],
];

/** An assignment in a script, and a flag of a command: `export DB_PASSWORD=x`, `api_key: x`, `--token x`. */
const ASSIGNMENTS = [
  /(?:^|[\s"'`;{,-])([A-Za-z][A-Za-z0-9_-]*)\s*[=:]\s*(["']?)([^\s"'`;,}]+)\2/g,
  /(?:^|\s)--?([A-Za-z][A-Za-z0-9_-]*)\s+(["']?)([^\s"'`;,}-][^\s"'`;,}]*)\2/g,
];

/** What a value points at instead of being it: an ARN, a variable to be filled in, a file, a secret of Kubernetes or of CloudFormation. */
const REFERENCE_VALUE = /^(arn:|\$|%|<|\{\{|\/|file:|ssm:|secretsmanager:|vault:|https?:\/\/[^@]*$)/;

/** True when a name is that of a secret itself, in any of the ways names are written. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/[-.\s]/g, "_");
  const lower = words.toLowerCase();
  return SECRET_NAME.test(lower) && !REFERENCE_NAME.test(lower) && !IDEMPOTENCY_TOKEN.test(lower);
}

/** What is secret in a text, such as "an access key of AWS"; undefined for nothing. It never says the secret. */
export function secretIn(text: string): string | undefined {
  return SECRET_VALUES.find(([, pattern]) => pattern.test(text))?.[0];
}

/** What is secret in a script or a command: a value of a known form, or one that is assigned to a secret's name. */
export function secretInScript(text: string): string | undefined {
  const known = secretIn(text);
  if (known !== undefined) return known;
  for (const assignment of ASSIGNMENTS)
    for (const [, name, , value] of text.matchAll(assignment))
      if (name !== undefined && value !== undefined && isSecretName(name) && isLiteral(value)) return `a value for ${name}`;
  return undefined;
}

/** True for a value that is given as it is; not for one that points elsewhere, or switches something. */
export function isLiteral(value: Json): boolean {
  if (typeof value === "number") return true;
  return typeof value === "string" && value !== "" && !/^(true|false)$/i.test(value) && !REFERENCE_VALUE.test(value);
}

/** How much can be told of a value. */
export type Clarity = "clear" | "secret" | "unknown" | "nothing";

/** Whether a value is a text in the clear, marked as a secret, or not known yet. */
export function clarityOf(value: Json | undefined): Clarity {
  if (value === undefined || value === null || value === "") return "nothing";
  if (value === SECRET) return "secret";
  return isWhollyKnown(value) ? "clear" : "unknown";
}
