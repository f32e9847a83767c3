import { BUCKET_NAME } from "../../../../facts/limits-s3";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { BUCKETS } from "../../../lib/stores/buckets";

/** Left out, a name is made from the resource's own. */
export const bucketNameIsValid = resourceRule({
  id: "bucket-name-is-valid",
  title: "The name of every bucket is one that S3 accepts",
  severity: "medium",
  why: "Names of buckets are host names: capitals, underscores, too many characters and some beginnings and ends are refused.",
  fix: "Use 3 to 63 small letters, digits and hyphens, a letter or digit first and last; or leave bucket out, and a name is made that is free too.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"],
  frameworks: [],
  types: BUCKETS,
  check: (bucket) => [refused(bucket, [...findings(bucket, "bucket", 0), ...findings(bucket, "bucketPrefix", BUCKET_NAME.generated)])],
});

/** `generated`: how many characters are put behind it. */
function findings(bucket: Resource, property: string, generated: number): Finding[] {
  const reading = read(bucket, property);
  if (reading.state === "absent") return [];
  const name = text(reading);
  if (name === undefined) return [notKnown(property)];
  const whole = name + "0".repeat(generated);
  return faults(whole).map((fault) => ({ what: `${property} is "${name}", which ${fault}`, property }));
}

function faults(name: string): string[] {
  const { least, most, pattern, address, prefixes, suffixes } = BUCKET_NAME;
  const prefix = prefixes.find((start) => name.startsWith(start));
  const suffix = suffixes.find((end) => name.endsWith(end));
  return [
    ...(name.length < least || name.length > most ? [`has ${name.length} characters, and not ${least} to ${most}`] : []),
    ...(pattern.test(name) ? [] : ["has other than small letters, digits, hyphens and single dots, or no letter or digit at an end"]),
    ...(address.test(name) ? ["looks like an address"] : []),
    ...(prefix === undefined ? [] : [`begins with ${prefix}`]),
    ...(suffix === undefined ? [] : [`ends with ${suffix}`]),
  ];
}
