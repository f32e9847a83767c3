import { metadataStaysOnItsInstance as rule } from "../../../../../policy/security/rules/network/metadata-stays-on-its-instance";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

function template(inputs: Inputs): Given {
  return (stack) => stack.add(TEMPLATE, "workers", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with one hop": template({ metadataOptions: { httpPutResponseHopLimit: 1 } }),
    "with two hops and a reason": template({
      metadataOptions: { httpPutResponseHopLimit: 2 },
      tags: { "strata:because": "an agent in a container needs it" },
    }),
    "with a service that is turned off": template({ metadataOptions: { httpEndpoint: "disabled", httpPutResponseHopLimit: 2 } }),
  },
  fail: {
    "with two hops": {
      given: template({ metadataOptions: { httpPutResponseHopLimit: 2 } }),
      says: /the metadata of workers leaves it.* is 2/,
    },
    "with two hops as a text": { given: template({ metadataOptions: { httpPutResponseHopLimit: "2" } }), says: /is 2/ },
    "with an empty reason": {
      given: template({ metadataOptions: { httpPutResponseHopLimit: 2 }, tags: { "strata:because": " " } }),
      says: /is 2/,
    },
  },
  absent: { "which is one hop for most images": { given: template({}), says: "pass" } },
  unknown: {
    "while the limit is not known": template({ metadataOptions: { httpPutResponseHopLimit: UNKNOWN } }),
    "while it is not known whether the service is on": template({
      metadataOptions: { httpEndpoint: UNKNOWN, httpPutResponseHopLimit: 2 },
    }),
    "while it is not known whether it gives a reason": template({ metadataOptions: { httpPutResponseHopLimit: 2 }, tags: UNKNOWN }),
  },
  mutations: {
    "containers reach the metadata of their instance": (stack) =>
      stack.set(stack.one(TEMPLATE), ["metadataOptions", "httpPutResponseHopLimit"], 2),
  },
};
