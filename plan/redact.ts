import { runtime } from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { type Json, type Properties, SECRET, UNKNOWN } from "./graph";

/**
 * Marks a text whose bytes are no UTF-8 and a number that JSON has no word for; the SDK has no constants for them.
 * Source: `ByteString` in sdk/go/common/resource/sig/sig.go and `floatSignature` in pkg/resource/stack/deployment.go of pulumi 3.260 (2026-11-26).
 */
const NOT_IN_JSON: readonly Json[] = ["803fd3297a5875dc03ca845dda5d2a98", "8ad145fe-0d11-4827-bfd7-1abcbf086f5c"];

/** What a file is described by. */
type FileSummary = { readonly bytes: number; readonly sha256: string };

/** Texts that were described last: a bundle is the code of many functions, and of every plan that is made again. */
const described = new Map<string, FileSummary>();
const MOST_DESCRIBED = 64;

function describe(text: string): FileSummary {
  const known = described.get(text);
  if (known) return known;
  const summary = { bytes: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") };
  const [oldest] = described.keys();
  if (described.size >= MOST_DESCRIBED && oldest !== undefined) described.delete(oldest);
  described.set(text, summary);
  return summary;
}

/** Of a file, its size and hash when its text is at hand, else where it is; of an archive, its files. */
function redactFile({ text, path, uri, assets }: Properties): Json {
  if (typeof text === "string") return { ...describe(text) };
  return Object.fromEntries(Object.entries({ path, uri, assets }).flatMap(([key, value]) => (value ? [[key, redact(value)]] : [])));
}

/** An output that is not resolved: its value where it is known and nobody said that it is secret. */
function redactOutput({ secret, value }: Properties): Json {
  if (secret === true) return SECRET;
  return value === undefined ? UNKNOWN : redact(value);
}

/**
 * Replaces what must not be kept: a secret's value, a file's text, of which size and hash say enough, and references, of which only the id counts.
 * What JSON can't hold reads as unknown: a text that is none and a number that is not finite.
 * Works on what a program asks for and on what the engine keeps of it.
 */
export function redact(value: Json): Json {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  const signature = value[runtime.specialSigKey];
  if (signature === runtime.specialSecretSig) return SECRET;
  if (signature === runtime.specialAssetSig || signature === runtime.specialArchiveSig) return redactFile(value);
  if (signature === runtime.specialOutputValueSig) return redactOutput(value);
  if (signature !== undefined && NOT_IN_JSON.includes(signature)) return UNKNOWN;
  if (signature === runtime.specialResourceSig) return value["id"] ?? value["urn"] ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redact(inner)]));
}
