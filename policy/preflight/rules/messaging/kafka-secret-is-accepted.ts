import { KAFKA_SECRET } from "../../../../facts/msk";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { isGiven } from "../../../lib/given";
import type { Reference } from "../../../lib/graph";
import { read, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";

const SECRET = "aws:secretsmanager/secret:Secret";
const ASSOCIATIONS: Readonly<Record<string, string>> = {
  "aws:msk/scramSecretAssociation:ScramSecretAssociation": "secretArnLists[*]",
  "aws:msk/singleScramSecretAssociation:SingleScramSecretAssociation": "secretArn",
};

/** Looks at the whole stack, which has the secrets. Left out, a secret's name is made from the resource's, and its key is the account's own. */
export const kafkaSecretIsAccepted = stackRule({
  id: "kafka-secret-is-accepted",
  title: "A secret that Kafka clients sign in with is named for MSK and has a key of its own",
  severity: "high",
  why: "MSK refuses a secret without its prefix, and one with the default key of Secrets Manager, after the twenty minutes that the cluster took.",
  fix: `Begin the secret's name with ${KAFKA_SECRET.prefix} and set its kmsKeyId to a customer key.`,
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html"],
  frameworks: [],
  check: (stack) =>
    Object.entries(ASSOCIATIONS).flatMap(([type, path]) =>
      stack.ofType(type).map((association) =>
        refused(
          association,
          stack.references(association, path, [SECRET]).flatMap((secret) => findings(secret, path)),
        ),
      ),
    ),
});

function findings(secret: Reference, path: string): Finding[] {
  const property = path.replace("[*]", "");
  if (secret.kind === "unknown") return [notKnown(property)];
  if (secret.kind === "resource") return [...name(secret.resource, property), ...key(secret.resource, property)];
  // The ARN of one from outside has its name, but not its key.
  const [, found] = /:secret:(.+)$/.exec(secret.id) ?? [];
  return found === undefined || found.startsWith(KAFKA_SECRET.prefix) ? [] : [unnamed(found, property)];
}

function name(secret: StackResource, property: string): Finding[] {
  const readings = ["name", "namePrefix"].map((key) => read(secret, key)).filter(({ state }) => state !== "absent");
  const [reading = { state: "known" as const, value: secret.name }] = readings;
  const found = text(reading);
  if (found === undefined) return [{ what: `the name of ${secret.name} is not known yet`, property, unknown: true }];
  return found.startsWith(KAFKA_SECRET.prefix) ? [] : [unnamed(found, property)];
}

function unnamed(found: string, property: string): Finding {
  return { what: `the secret ${found} does not begin with ${KAFKA_SECRET.prefix}`, property };
}

function key(secret: StackResource, property: string): Finding[] {
  const given = isGiven(secret, "kmsKeyId");
  if (given === undefined) return [{ what: `the key of ${secret.name} is not known yet`, property, unknown: true }];
  const own = given && text(read(secret, "kmsKeyId"))?.includes("alias/aws/") !== true;
  return own ? [] : [{ what: `the secret ${secret.name} has the default key of Secrets Manager`, property }];
}
