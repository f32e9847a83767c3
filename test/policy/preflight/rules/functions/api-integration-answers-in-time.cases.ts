import { apiIntegrationAnswersInTime as rule } from "../../../../../policy/preflight/rules/functions/api-integration-answers-in-time";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const V2 = "aws:apigatewayv2/integration:Integration";

function integration(inputs: Inputs, protocolType = "HTTP"): Given {
  return (stack) => stack.add(V2, "orders", { apiId: id(stack.add("aws:apigatewayv2/api:Api", "shop", { protocolType })), ...inputs });
}

function rest(inputs: Inputs): Given {
  return (stack) => stack.add("aws:apigateway/integration:Integration", "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "30 s of an HTTP API that is not made yet": { given: integration({ timeoutMilliseconds: 30000 }), known: false },
    "29 s of a REST API": rest({ timeoutMilliseconds: 29000 }),
    "a minute of a REST API whose quota was raised": { given: rest({ timeoutMilliseconds: 60000 }), config: { restTimeoutMs: 120000 } },
  },
  fail: {
    "a minute of an HTTP API": {
      given: integration({ timeoutMilliseconds: 60000 }),
      says: /refuses orders: timeoutMilliseconds 60000 is not 50 to 30000/,
    },
    "30 s of a WebSocket API": { given: integration({ timeoutMilliseconds: 30000 }, "WEBSOCKET"), known: false, says: /not 50 to 29000/ },
    "30 s of a REST API": { given: rest({ timeoutMilliseconds: "30000" }), says: /not 50 to 29000/ },
    "seconds in the place of milliseconds": { given: integration({ timeoutMilliseconds: 10 }), says: /10 is not 50 to 30000/ },
  },
  absent: { "of a time, which is then the longest": { given: integration({}), says: "pass" } },
  unknown: {
    "while the time is not known": integration({ timeoutMilliseconds: UNKNOWN }),
    "30 s, while it is not known which kind of API it is": integration({ timeoutMilliseconds: 30000 }, UNKNOWN),
    "30 s, while the API is not known": (stack) => stack.add(V2, "orders", { apiId: UNKNOWN, timeoutMilliseconds: 30000 }),
  },
  mutations: { "an API waits for a minute": (stack) => stack.set(stack.one(V2), "timeoutMilliseconds", 60000) },
};
