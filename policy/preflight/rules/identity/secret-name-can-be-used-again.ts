import { z } from "zod";
import { DELETION_WINDOWS } from "../../../../facts/limits-keys";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { isMadeUp } from "../../../lib/names";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { number, read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const config = z.strictObject({ reasonTag: REASON_CONFIG.reasonTag });

/** Looks at secrets of which AWS keeps the name: also where the old one is deleted before the new one is made, the name is not free. */
export const secretNameCanBeUsedAgain = resourceRule({
  id: "secret-name-can-be-used-again",
  title: "A secret with a fixed name does not keep it after its deletion",
  severity: "medium",
  why: "For as long as a deleted secret can be had back, AWS refuses another one of its name: an environment that was taken down does not come up again for up to 30 days.",
  fix: "Use namePrefix, or leave the name out; where others must know the name, set recoveryWindowInDays to 0, or say why in the tag strata:because.",
  links: [DELETION_WINDOWS["aws:secretsmanager/secret:Secret"].source],
  frameworks: [],
  types: ["aws:secretsmanager/secret:Secret"],
  config,
  check: (secret, names) => {
    const excuse = { given: hasReason(secret, names), what: "whether it gives a reason", property: "tags" };
    return [judge(secret, `the name of ${secret.name} is taken after its deletion`, nameFindings(secret), excuse)];
  },
});

/** Left out, the recovery window is 30 days. */
function nameFindings(secret: Resource): Finding[] {
  const [name, window] = [read(secret, "name"), read(secret, "recoveryWindowInDays")];
  if (name.state === "absent" || isMadeUp(text(name) ?? "", secret.name) || number(window) === 0) return [];
  if (name.state === "unknown") return [notKnown("name")];
  if (window.state === "unknown") return [notKnown("recoveryWindowInDays")];
  return [
    {
      what: `it has the fixed name "${text(name) ?? ""}" and can be had back for ${number(window) ?? DELETION_WINDOWS["aws:secretsmanager/secret:Secret"].most} days`,
      property: "name",
    },
  ];
}
