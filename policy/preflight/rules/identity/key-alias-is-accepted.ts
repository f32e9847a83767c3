import { KEY_ALIAS } from "../../../../facts/limits-keys";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const CHARACTERS = /^[A-Za-z0-9:/_-]+$/;

export const keyAliasIsAccepted = resourceRule({
  id: "key-alias-is-accepted",
  title: "The alias of a key begins with alias/, and not with alias/aws/",
  severity: "high",
  why: "KMS refuses an alias without alias/ in front, one of other characters, and those that it keeps for the keys of AWS.",
  fix: "Set name (or namePrefix) of the alias to alias/ and letters, digits, slashes, _ and -.",
  links: [KEY_ALIAS.source],
  frameworks: [],
  types: ["aws:kms/alias:Alias"],
  check: (alias) => [
    judge(
      alias,
      `KMS refuses ${alias.name}`,
      ["name", "namePrefix"].flatMap((property) => nameFindings(alias, property)),
    ),
  ],
});

function nameFindings(alias: Resource, property: string): Finding[] {
  const reading = read(alias, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const name = text(reading);
  if (name === undefined) return [];
  const shown = `${property} "${name}"`;
  if (!name.startsWith(KEY_ALIAS.prefix)) return [{ what: `${shown} does not begin with ${KEY_ALIAS.prefix}`, property }];
  if (name.startsWith(KEY_ALIAS.reserved)) return [{ what: `${shown} begins with ${KEY_ALIAS.reserved}, which is kept for AWS`, property }];
  if (!CHARACTERS.test(name)) return [{ what: `${shown} is not made of letters, digits, slashes, _ and -`, property }];
  return name.length > KEY_ALIAS.longest ? [{ what: `${shown} has ${name.length} characters`, property }] : [];
}
