import { grafanaIsNotOpenWithoutSignIn as rule } from "../../../../policy/architecture/rules/grafana-is-not-open-without-sign-in";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { arn, type Input } from "../../stack";

const LISTENER_RULE = "aws:lb/listenerRule:ListenerRule";

/** A listener rule that forwards to Grafana, after other actions. */
function forwards(internal: Input, ...before: readonly Input[]): Given {
  return (stack) => {
    const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", "public", { internal });
    const grafana = stack.add("aws:lb/targetGroup:TargetGroup", "grafana");
    const listener = stack.add("aws:lb/listener:Listener", "public", { loadBalancerArn: arn(balancer) });
    const actions = [...before, { type: "forward", targetGroupArn: arn(grafana), order: 2 }];
    return stack.add(LISTENER_RULE, "grafana", { listenerArn: arn(listener), actions });
  };
}

const signIn = { type: "authenticate-oidc", order: 1 };

export const cases: RuleCases = {
  rule,
  pass: {
    "behind a sign-in": forwards(false, signIn),
    "behind a sign-in, before anything exists": { given: forwards(false, signIn), known: false },
    "on a balancer inside the VPC": forwards(true),
  },
  fail: {
    "from the internet without a sign-in": {
      given: forwards(false),
      says: /grafana leads to Grafana: from the internet, without an action/,
    },
  },
  absent: { "of internal: the balancer faces the internet": { given: forwards(null), says: /from the internet/ } },
  unknown: {
    "while it is not known whether the balancer is internal": forwards(UNKNOWN),
    "while it is not known whether people sign in": forwards(false, { type: UNKNOWN }),
  },
  mutations: {
    "Grafana loses its sign-in": (stack) => stack.set(stack.one(LISTENER_RULE, "grafana"), ["actions", 0], undefined),
  },
};
