import { instanceMetadataNeedsToken as rule } from "../../../../../policy/security/rules/network/instance-metadata-needs-token";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";

function instance(inputs: Inputs, type = INSTANCE): Given {
  return (stack) => stack.add(type, "bastion", inputs);
}

function withAccountDefault(httpTokens: string): Given {
  return (stack) => {
    stack.add("aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "account", { httpTokens });
    return stack.add(INSTANCE, "bastion", {});
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when a token is needed": instance({ metadataOptions: { httpTokens: "required" } }),
    "when there is no metadata service": instance({ metadataOptions: { httpEndpoint: "disabled" } }),
    "when the account asks for one": withAccountDefault("required"),
  },
  fail: {
    "when none is needed": { given: instance({ metadataOptions: { httpTokens: "optional" } }), says: /bastion gives its credentials away/ },
    "in a launch configuration": {
      given: instance({}, "aws:ec2/launchConfiguration:LaunchConfiguration"),
      says: /httpTokens is not required/,
    },
    "when the account asks for none either": { given: withAccountDefault("no-preference"), says: /httpTokens is not required/ },
  },
  absent: {
    "which is none": { given: instance({}, TEMPLATE), says: /httpTokens is not required/ },
    "with nothing to say about an instance whose launch template decides": {
      given: instance({ launchTemplate: { id: "lt-1" } }),
      says: "nothing",
    },
  },
  unknown: {
    "while its options are not known": instance({ metadataOptions: UNKNOWN }),
    "while the setting is not known": instance({ metadataOptions: { httpTokens: UNKNOWN } }, TEMPLATE),
    "while it is not known whether there is a metadata service": instance({ metadataOptions: { httpEndpoint: UNKNOWN } }),
    "while it is not known what the account asks for": withAccountDefault(UNKNOWN),
  },
  mutations: {
    "instances answer without a token": (stack) => stack.set(stack.one(TEMPLATE), ["metadataOptions", "httpTokens"], "optional"),
    "the launch template says nothing of it": (stack) => stack.set(stack.one(TEMPLATE), "metadataOptions", undefined),
  },
};
