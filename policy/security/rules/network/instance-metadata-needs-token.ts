import { unless } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { hasTemplate, ifServed, INSTANCE_TYPES } from "../../../lib/network/instances";
import { read, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** What an account takes where an instance does not say it. */
const ACCOUNT_DEFAULTS = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";

/**
 * Left out, the metadata service answers without a token, unless the image or the account says otherwise: what the image says no stack shows.
 * An instance that is started from a launch template and says nothing is judged by the template.
 */
export const instanceMetadataNeedsToken = stackRule({
  id: "instance-metadata-needs-token",
  title: "No instance gives its credentials to a request without a token",
  severity: "high",
  why: "A service that can be made to fetch a URL, or an open proxy, hands the credentials of its instance's role to whoever asks: version 2 wants a token first.",
  fix: 'Set metadataOptions.httpTokens to "required" on the instance or its launch template, or httpEndpoint to "disabled".',
  links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"],
  frameworks: [
    { name: "FSBP", id: "EC2.8" },
    { name: "FSBP", id: "EC2.170" },
    { name: "FSBP", id: "AutoScaling.3" },
    { name: "Checkov", id: "CKV_AWS_79" },
  ],
  check: (stack) => {
    const byAccount = accountAsks(stack);
    return stack.ofType(...INSTANCE_TYPES).flatMap((instance) => {
      if (hasTemplate(instance) && read(instance, "metadataOptions").state === "absent") return [];
      return [judge(instance, `${instance.name} gives its credentials away`, findings(instance, byAccount))];
    });
  },
});

function accountAsks(stack: StackGraph): Tri {
  return some(
    stack
      .ofType(ACCOUNT_DEFAULTS)
      .map((defaults) => read(defaults, "httpTokens"))
      .map((tokens) => (tokens.state === "unknown" ? undefined : text(tokens) === "required")),
  );
}

function findings(instance: StackResource, byAccount: Tri): readonly Finding[] {
  const property = "metadataOptions.httpTokens";
  if (byAccount === undefined && read(instance, property).state === "absent")
    return ifServed(instance, [{ what: "whether the account asks for a token is not known yet", property, unknown: true }]);
  const found = unless(instance, property, {
    accepts: (tokens) => tokens === "required",
    absent: byAccount === true ? "fine" : "wrong",
    what: `${property} is not required`,
  });
  return ifServed(instance, found);
}
