import { DELIVERY_DESTINATIONS } from "../../../../facts/limits-streams";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessOneOf } from "../../../lib/settings/amounts";
import { isAmong, unlessLeftOut, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";

const DESTINATION = "destination";
const ENCRYPTION = "serverSideEncryption";
const KEY_TYPE = `${ENCRYPTION}.keyType`;
const KEY = `${ENCRYPTION}.keyArn`;
const SOURCES = ["kinesisSourceConfiguration", "mskSourceConfiguration"];

/** It has no default: the provider asks for it. */
export const deliveryHasItsDestination = resourceRule({
  id: "delivery-has-its-destination",
  title: "A delivery stream configures the destination that it names, and encrypts only what it is sent itself",
  severity: "high",
  why: "Firehose refuses a destination without its configuration, encryption of a stream that reads from another one, and a customer key that is not named.",
  fix: `Give the block that belongs to ${DESTINATION}, such as extendedS3Configuration; drop ${ENCRYPTION} from a stream with a source; set keyArn with CUSTOMER_MANAGED_CMK.`,
  links: ["https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html"],
  frameworks: [],
  types: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
  check: (stream) => [refused(stream, [...destination(stream), ...encryption(stream)])],
});

function destination(stream: Resource): Finding[] {
  const reading = read(stream, DESTINATION);
  if (reading.state === "absent") return [{ what: `${DESTINATION} is absent`, property: DESTINATION }];
  const properties: Readonly<Record<string, string>> = DELIVERY_DESTINATIONS.properties;
  const wrong = unlessOneOf(stream, DESTINATION, Object.keys(properties));
  const property = properties[text(reading) ?? ""];
  if (wrong.length > 0 || property === undefined) return wrong;
  return isSet(stream, property) ? [] : [{ what: `${DESTINATION} is ${text(reading)} and ${property} is absent`, property }];
}

function encryption(stream: Resource): readonly Finding[] {
  if (read(stream, ENCRYPTION).state === "unknown") return [notKnown(ENCRYPTION)];
  const on = readFlag(stream, `${ENCRYPTION}.enabled`, false);
  const customers = isAmong(read(stream, KEY_TYPE), ["CUSTOMER_MANAGED_CMK"]);
  const keyless = isSet(stream, KEY) ? [] : [{ what: `${KEY_TYPE} is CUSTOMER_MANAGED_CMK and keyArn is absent`, property: KEY }];
  return where(on, `${ENCRYPTION}.enabled`, [
    ...SOURCES.flatMap((source) => unlessLeftOut(stream, source, `${ENCRYPTION} is on and ${source} is set`)),
    ...where(customers, KEY_TYPE, keyless),
  ]);
}
