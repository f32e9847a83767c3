import { ecsServesHttpOnOnePort as rule } from "../../../../policy/architecture/rules/ecs-serves-http-on-one-port";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const SERVICE = "strata:service:Service";

function service(inputs: Inputs): Given {
  return (stack) => stack.add(SERVICE, "chat", { target: "fargate", ...inputs });
}

const http = { port: 8080, protocol: "http" };
const tcp = { port: 1883, protocol: "tcp" };

export const cases: RuleCases = {
  rule,
  pass: {
    "with one HTTP port": service({ ports: [http] }),
    "where the advisor was overruled with a reason": service({ ports: [tcp], overruled: "There is no Kubernetes here" }),
  },
  fail: {
    "with raw TCP": { given: service({ ports: [tcp] }), says: /chat runs on ECS: it speaks tcp/ },
    "with several ports": { given: service({ ports: [http, { port: 9001, protocol: "http" }] }), says: /listens on 2 ports/ },
  },
  absent: {
    "of ports: it has none": { given: service({}), says: "pass" },
    "of a target: it is not on ECS": { given: service({ target: null, ports: [tcp] }), says: "nothing" },
  },
  unknown: {
    "while the ports are not known": service({ ports: UNKNOWN }),
    "while it is not known where it runs": service({ target: UNKNOWN, ports: [tcp] }),
  },
  mutations: {
    "a service on Fargate gets a second port that speaks TCP": (stack) => stack.set(stack.one(SERVICE, "storefront"), ["ports", 1], tcp),
  },
};
