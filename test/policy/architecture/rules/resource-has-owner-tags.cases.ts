import { resourceHasOwnerTags as rule } from "../../../../policy/architecture/rules/resource-has-owner-tags";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const TABLE = "aws:dynamodb/table:Table";

/** A table under a provider with these default tags. */
function table(inputs: Inputs, defaultTags?: Inputs | string): Given {
  return (stack) => {
    const provider = stack.add("pulumi:providers:aws", "aws", defaultTags === undefined ? {} : { defaultTags });
    return stack.addManaged(provider, TABLE, "orders", inputs);
  };
}

const owner = { owner: "shop" };

export const cases: RuleCases = {
  rule,
  pass: {
    "with a tag of its own": table({ tags: owner }),
    "with a default tag of its provider": table({ tags: { service: "orders" } }, { tags: owner }),
    "with a default tag that is given as JSON": table({}, JSON.stringify({ tags: owner })),
    "with a tag whose provider nobody shows": (stack) => stack.add(TABLE, "orders", { tags: owner }),
    "with a tag of its own while the default ones are not known": table({ tags: owner }, { tags: UNKNOWN }),
  },
  fail: {
    "with other tags only": { given: table({ tags: { service: "orders" } }), says: /^fail: orders has no tag owner$/ },
    "with a tag that says nothing": { given: table({ tags: { owner: " " } }), says: /has no tag owner/ },
    "without one of those that its settings want": {
      given: table({ tags: owner }),
      config: { tags: ["owner", "cost-centre"] },
      says: /has no tag cost-centre$/,
    },
  },
  absent: { "without any tags": { given: table({}), says: /orders has no tag owner/ } },
  unknown: {
    "while its tags are not known": table({ tags: UNKNOWN }),
    "while the value is not known": table({ tags: { owner: UNKNOWN } }),
    "while the default tags are not known": table({}, { tags: UNKNOWN }),
    "while the default tags can't be read": table({}, "{"),
    "when nobody shows its provider": (stack) => stack.add(TABLE, "orders", {}),
  },
  mutations: {
    "the provider gives nothing its owner any more": (stack) => {
      const provider = stack.one("pulumi:providers:aws");
      stack.edit(provider, "defaultTags", () => ({ tags: { environment: "prod" } }));
    },
  },
};
