import { listenerHasCertificate as rule } from "../../../../../policy/preflight/rules/network/listener-has-certificate";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const LISTENER = "aws:lb/listener:Listener";

function listener(inputs: Inputs): Given {
  return (stack) => stack.add(LISTENER, "web", { port: 443, ...inputs });
}

function certified(protocol: string): Given {
  return (stack) => listener({ protocol, certificateArn: arn(stack.add("aws:acm/certificate:Certificate", "web")) })(stack);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "HTTPS with a certificate": listener({ protocol: "HTTPS", certificateArn: "arn:aws:acm:x" }),
    "HTTPS with a certificate that is not made yet": { given: certified("HTTPS"), known: false },
    "TCP without one": listener({ protocol: "TCP" }),
  },
  fail: {
    "HTTPS without one": { given: listener({ protocol: "HTTPS" }), says: /web: it speaks HTTPS and has no certificateArn/ },
    "TLS with null": { given: listener({ protocol: "TLS", certificateArn: null }), says: /speaks TLS/ },
    "HTTP with one": { given: certified("HTTP"), known: false, says: /it has a certificateArn and speaks HTTP/ },
  },
  absent: { "without a protocol, which then goes by the port": { given: listener({}), says: "pass" } },
  unknown: {
    "while the protocol is not known": listener({ protocol: UNKNOWN }),
    "HTTPS, while nobody can say whether there is one": listener({ protocol: "HTTPS", certificateArn: UNKNOWN }),
    "HTTP, while nobody can say whether there is one": listener({ protocol: "HTTP", certificateArn: UNKNOWN }),
  },
  mutations: {
    "the public listener has no certificate": (stack) => stack.set(stack.one(LISTENER, "public-https"), "certificateArn", undefined),
  },
};
