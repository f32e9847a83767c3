/** Which new objects of a bucket start a function. */
export interface UploadFilter {
  /** Start of the key. Default: any. */
  readonly prefix?: string;
  /** End of the key. Default: any. */
  readonly suffix?: string;
}

/** How EventBridge tells a key apart. */
type KeyMatch = { readonly prefix: string } | { readonly suffix: string } | { readonly wildcard: string };

/**
 * The pattern of EventBridge for new objects of one bucket.
 * Several matches of one field mean "any of them" to EventBridge, so a prefix with a suffix is said as one wildcard.
 */
export function uploadPattern(bucket: string, { prefix, suffix }: UploadFilter) {
  const match = keyMatch(prefix, suffix);
  return {
    source: ["aws.s3"],
    "detail-type": ["Object Created"],
    detail: { bucket: { name: [bucket] }, ...(match && { object: { key: [match] } }) },
  };
}

function keyMatch(prefix: string | undefined, suffix: string | undefined): KeyMatch | undefined {
  if (prefix && suffix) return { wildcard: `${literal(prefix)}*${literal(suffix)}` };
  if (prefix) return { prefix };
  if (suffix) return { suffix };
  return undefined;
}

/** In a wildcard, EventBridge reads `*` and `\` as its own unless a backslash stands before them. */
function literal(text: string): string {
  return text.replace(/[\\*]/g, "\\$&");
}

/** True when one key could match both filters, so that one object would start both. */
export function filtersOverlap(one: UploadFilter, other: UploadFilter): boolean {
  const [onePrefix, otherPrefix] = [one.prefix ?? "", other.prefix ?? ""];
  const [oneSuffix, otherSuffix] = [one.suffix ?? "", other.suffix ?? ""];
  return (
    (onePrefix.startsWith(otherPrefix) || otherPrefix.startsWith(onePrefix)) &&
    (oneSuffix.endsWith(otherSuffix) || otherSuffix.endsWith(oneSuffix))
  );
}
