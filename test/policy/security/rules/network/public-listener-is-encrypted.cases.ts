import { publicListenerIsEncrypted as rule } from "../../../../../policy/security/rules/network/public-listener-is-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const LISTENER = "aws:lb/listener:Listener";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const REDIRECT = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const FORWARD = { type: "forward", targetGroupArn: "arn" };
const HTTP = { protocol: "HTTP", port: 80, defaultActions: [REDIRECT] };
const TCP = { protocol: "TCP", port: 1883, defaultActions: [FORWARD] };

interface Around {
  readonly balancer?: Inputs;
  readonly platform?: Inputs;
  /** Actions of a rule of the listener. */
  readonly rule?: Inputs["actions"];
}

function listener(inputs: Inputs, { balancer = {}, platform, rule: actions }: Around = {}): Given {
  return (stack) => {
    const parent = platform && stack.add("strata:stacks:Platform", "platform", platform);
    const made = stack.add(LISTENER, "web", { loadBalancerArn: arn(stack.add(BALANCER, "front", balancer)), ...inputs }, parent);
    if (actions !== undefined) stack.add("aws:lb/listenerRule:ListenerRule", "shop", { listenerArn: arn(made), actions });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with HTTPS": listener({ protocol: "HTTPS", port: 443, defaultActions: [FORWARD] }),
    "with TLS on the network": listener({ protocol: "TLS", port: 1883 }, { balancer: { loadBalancerType: "network" } }),
    "when HTTP only redirects": listener(HTTP, { rule: [REDIRECT] }),
    "when HTTP only redirects, before anything is made": { given: listener(HTTP, { rule: [REDIRECT] }), known: false },
    "when TLS is passed through to the target": listener({ ...TCP, port: 8883 }),
    "with UDP": listener({ ...TCP, protocol: "UDP" }),
    "with a reason": listener({ ...TCP, tags: { "strata:because": "devices in the field know nothing else" } }),
  },
  fail: {
    "when HTTP is served": { given: listener({ ...HTTP, defaultActions: [FORWARD] }), says: /web is not encrypted: it answers HTTP/ },
    "when HTTP is served by a rule": { given: listener(HTTP, { rule: [FORWARD] }), says: /shop answers HTTP with more/ },
    "when a rule that is not made yet serves HTTP": { given: listener(HTTP, { rule: [FORWARD] }), known: false, says: /shop answers/ },
    "when TCP is passed on": { given: listener(TCP), says: /TCP on port 1883/ },
    "of an internal load balancer, when its settings ask": {
      given: listener(TCP, { balancer: { internal: true } }),
      config: { internal: true },
      says: /TCP on port 1883/,
    },
  },
  absent: {
    "of the redirect's protocol, which stays HTTP": {
      given: listener({ ...HTTP, defaultActions: [{ type: "redirect", redirect: { port: "443", statusCode: "HTTP_301" } }] }),
      says: /more than a redirect to HTTPS/,
    },
    "of the flag that makes it internal: it is public": { given: listener(TCP), says: /TCP on port 1883/ },
    "with nothing to say about an internal load balancer": { given: listener(TCP, { balancer: { internal: true } }), says: "nothing" },
    "with nothing to say where nothing is durable": { given: listener(TCP, { platform: { durable: false } }), says: "nothing" },
  },
  unknown: {
    "while its protocol is not known": listener({ ...TCP, protocol: UNKNOWN }),
    "while its port is not known": listener({ ...TCP, port: UNKNOWN }),
    "while its actions are not known": listener({ ...HTTP, defaultActions: UNKNOWN }),
    "while the redirect is not known": listener({ ...HTTP, defaultActions: [{ type: "redirect", redirect: UNKNOWN }] }),
    "while it is not known whether the load balancer is public": listener(TCP, { balancer: { internal: UNKNOWN } }),
    "when its load balancer is not in the stack": (stack) => stack.add(LISTENER, "web", { loadBalancerArn: "arn:of:another", ...TCP }),
    "while it is not known whether it is durable": listener(TCP, { platform: { durable: UNKNOWN } }),
    "while it is not known whether it gives a reason": listener({ ...TCP, tags: UNKNOWN }),
  },
  mutations: {
    "the public load balancer serves HTTP": (stack) =>
      stack.set(stack.one(LISTENER, "public-http"), "defaultActions", [
        { type: "fixed-response", fixedResponse: { statusCode: "200", contentType: "text/plain", messageBody: "hello" } },
      ]),
    "a port of a service passes on TCP as it comes": (stack) => {
      for (const property of ["certificateArn", "sslPolicy"]) stack.set(stack.one(LISTENER, "chat-gateway-mqtt"), property, undefined);
      stack.set(stack.one(LISTENER, "chat-gateway-mqtt"), "protocol", "TCP");
    },
    "a service is served over HTTP too": (stack) => {
      const { inputs } = stack.one("aws:lb/listenerRule:ListenerRule", "orders");
      const forward = { targetGroupArn: stack.one("aws:lb/targetGroup:TargetGroup", "orders").outputs?.["arn"] ?? "", type: "forward" };
      stack.add("aws:lb/listenerRule:ListenerRule", "orders-http", {
        ...inputs,
        listenerArn: arn(stack.one(LISTENER, /::public-http$/)),
        priority: 49_000,
        actions: [forward],
      });
    },
  },
};
