import { routeNeedsAuthorization as rule } from "../../../../../policy/security/rules/functions/route-needs-authorization";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";
import { addRestApi, API, METHOD } from "./functions";

const ROUTE = "aws:apigatewayv2/route:Route";
const because = { tags: { "strata:because": "The shop window is for everyone" } };

/** A route of an API. */
function route(inputs: Inputs, api: Inputs = {}): Given {
  return (stack) => {
    const made = stack.add(API, "shop", { protocolType: "HTTP", ...api });
    return stack.add(ROUTE, "orders", { apiId: id(made), routeKey: "GET /orders", ...inputs });
  };
}
function method(inputs: Inputs, api: Inputs = {}): Given {
  return (stack) => {
    const made = stack.add("aws:apigateway/restApi:RestApi", "shop", api);
    return stack.add(METHOD, "orders", { restApi: id(made), httpMethod: "GET", ...inputs });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with an authorizer": route({ authorizationType: "JWT", authorizerId: "auth" }),
    "open, with the reason of its API": route({ authorizationType: "NONE" }, because),
    "open, with the reason of an API that is not made yet": { given: route({}, because), known: false },
    "of a WebSocket API, when it connects": route({ routeKey: "$connect", authorizationType: "AWS_IAM" }, { protocolType: "WEBSOCKET" }),
    "of a REST API, with IAM": method({ authorization: "AWS_IAM" }),
    "of a REST API, open, with the reason of its API": method({ authorization: "NONE" }, because),
  },
  fail: {
    "open to everyone": { given: route({ authorizationType: "NONE" }), says: /everyone can call GET \/orders: authorizationType is NONE/ },
    "open, with an empty reason": { given: route({}, { tags: { "strata:because": " " } }), says: /everyone can call/ },
    "open, of an API outside the stack": {
      given: (stack) => stack.add(ROUTE, "orders", { apiId: "elsewhere", routeKey: "GET /orders" }),
      says: /everyone can call GET \/orders/,
    },
    "of a WebSocket API, when it connects": {
      given: route({ routeKey: "$connect" }, { protocolType: "WEBSOCKET" }),
      says: /everyone can call .connect/,
    },
    "of a REST API": { given: method({ authorization: "NONE" }), says: /everyone can call orders: authorization is NONE/ },
    "of a REST API, with a key, which every caller has": {
      given: method({ authorization: "NONE", apiKeyRequired: true }),
      says: /everyone can call/,
    },
    "that an API makes by its target": {
      given: (stack) => stack.add(API, "shop", { protocolType: "HTTP", target: "https://shop.example.com" }),
      says: /the route that target makes has no authorization/,
    },
  },
  absent: {
    "without a type, which is none": { given: route({}), says: /authorizationType is NONE/ },
    "that a browser asks before it has credentials": { given: route({ routeKey: "OPTIONS /orders" }), says: "nothing" },
    "of a REST API that a browser asks": { given: method({ httpMethod: "OPTIONS", authorization: "NONE" }), says: "nothing" },
    "of a connected WebSocket": { given: route({ routeKey: "send" }, { protocolType: "WEBSOCKET" }), says: "nothing" },
  },
  unknown: {
    "while the type is not known": route({ authorizationType: UNKNOWN }),
    "while the reason is not known": route({}, { tags: UNKNOWN }),
  },
  mutations: {
    "a new route was forgotten": (stack) => {
      const open = stack.one(ROUTE, "payments-webhook");
      stack.add(ROUTE, "refunds", {
        apiId: String(open.inputs["apiId"]),
        routeKey: "POST /refunds",
        target: String(open.inputs["target"]),
      });
    },
    "a method of a REST API is open": (stack) => addRestApi(stack, { method: { authorization: "NONE" } }),
  },
};
