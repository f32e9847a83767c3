import assert from "node:assert/strict";
import { grafanaIsNotOpenWithoutSignIn as rule } from "../../../../policy/architecture/rules/grafana-is-not-open-without-sign-in";
import { type StackResource, UNKNOWN } from "../../../../policy/lib/resource";
import { arn, type Input, type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const SIGN_IN = { type: "authenticate-oidc", order: 1 };

interface Case {
  readonly internal?: Input;
  readonly before?: readonly Input[];
  readonly actions?: Input;
  readonly group?: string;
  readonly known?: boolean;
}

/** The verdict on a listener rule that forwards to a target group, and on the default action of a listener that does. */
function both({ internal = false, before = [], actions, group = "grafana", known = true }: Case): [rule: string, listener: string] {
  const stack = new TestStack(known);
  const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", "public", { internal });
  const target = stack.add("aws:lb/targetGroup:TargetGroup", group);
  const forward: Input = [...before, { type: "forward", targetGroupArn: arn(target), order: 2 }];
  const made = (of: string, inputs: Inputs): StackResource => stack.add(`aws:lb/${of}`, "x", inputs);
  const listener = made("listener:Listener", { loadBalancerArn: arn(balancer), defaultActions: actions ?? forward });
  const listenerRule = made("listenerRule:ListenerRule", { listenerArn: arn(listener), actions: actions ?? forward });
  return [verdictOn(rule, listenerRule, stack.resources), verdictOn(rule, listener, stack.resources)];
}

describe("nobody reaches Grafana without having signed in: load balancers", () => {
  for (const known of [true, false])
    it(`passes behind a sign-in or an internal balancer and fails without, ids ${known ? "known" : "not known yet"}`, () => {
      for (const type of ["authenticate-oidc", "authenticate-cognito"])
        assert.deepEqual(both({ before: [{ type, order: 1 }], known }), ["pass", "pass"]);
      assert.deepEqual(both({ internal: true, known }), ["pass", "pass"]);
      for (const verdict of both({ known })) assert.match(verdict, /^fail: x leads to Grafana: from the internet, without an action/);
    });

  it("fails on a balancer that does not say whether it is internal: it is not", () => {
    for (const verdict of both({ internal: null })) assert.match(verdict, /^fail/);
  });

  it("says nothing of what forwards elsewhere", () => {
    assert.deepEqual(both({ group: "orders" }), ["nothing", "nothing"]);
  });

  it("reads a forward action with several groups", () => {
    const stack = new TestStack();
    const target = stack.add("aws:lb/targetGroup:TargetGroup", "grafana");
    const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", "public");
    const defaultActions: Input = [{ type: "forward", forward: { targetGroups: [{ arn: arn(target), weight: 1 }] } }];
    const listener = stack.add("aws:lb/listener:Listener", "x", { loadBalancerArn: arn(balancer), defaultActions });
    assert.match(verdictOn(rule, listener, stack.resources), /^fail/);
  });

  it("is not evaluated while the balancer or a sign-in is not known", () => {
    for (const verdict of both({ internal: UNKNOWN })) assert.match(verdict, /^not evaluated: whether its load balancer is internal/);
    for (const verdict of both({ before: [{ type: UNKNOWN }] })) assert.match(verdict, /^not evaluated: whether people sign in/);
    assert.deepEqual(both({ before: [SIGN_IN, { type: UNKNOWN }] }), ["pass", "pass"]);
  });

  it("knows Grafana by the component around its target group and by the image behind it", () => {
    const stack = new TestStack();
    const grafana = stack.add("strata:visibility:Grafana", "dashboards");
    const byComponent = stack.add("aws:lb/targetGroup:TargetGroup", "web", {}, grafana);
    const byImage = stack.add("aws:lb/targetGroup:TargetGroup", "charts");
    const containers = JSON.stringify([{ name: "app", image: "public.ecr.aws/grafana/grafana:12" }]);
    const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", "charts", { containerDefinitions: containers });
    stack.add("aws:ecs/service:Service", "charts", { taskDefinition: arn(task), loadBalancers: [{ targetGroupArn: arn(byImage) }] });
    const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", "public");
    for (const [name, target] of Object.entries({ byComponent, byImage })) {
      const defaultActions: Input = [{ type: "forward", targetGroupArn: arn(target) }];
      const listener = stack.add("aws:lb/listener:Listener", name, { loadBalancerArn: arn(balancer), defaultActions });
      assert.match(verdictOn(rule, listener, stack.resources), /^fail/, name);
    }
  });
});

describe("nobody reaches Grafana without having signed in: Kubernetes", () => {
  function service(annotations: Input, type: Input = "LoadBalancer", name = "grafana"): string {
    return verdictOn(rule, new TestStack().add("kubernetes:core/v1:Service", "web", { metadata: { name, annotations }, spec: { type } }));
  }
  function ingress(annotations: Input, backend = "grafana"): string {
    const rules = [{ http: { paths: [{ backend: { service: { name: backend } } }] } }];
    return verdictOn(
      rule,
      new TestStack().add("kubernetes:networking.k8s.io/v1:Ingress", "web", { metadata: { annotations }, spec: { rules } }),
    );
  }

  it("passes a Service with an internal balancer and fails one with a public balancer", () => {
    assert.equal(service({ "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }), "pass");
    assert.equal(service({ "service.beta.kubernetes.io/aws-load-balancer-internal": "true" }), "pass");
    assert.match(service({}), /^fail: web leads to Grafana/);
    assert.match(service({ "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" }), /^fail/);
  });

  it("says nothing of a Service without a balancer, or of another program", () => {
    assert.equal(service({}, "ClusterIP"), "nothing");
    assert.equal(service({}, null), "nothing");
    assert.equal(service({}, "LoadBalancer", "orders"), "nothing");
  });

  it("passes an Ingress behind a sign-in, and fails one without", () => {
    assert.equal(ingress({ "alb.ingress.kubernetes.io/scheme": "internet-facing", "alb.ingress.kubernetes.io/auth-type": "oidc" }), "pass");
    assert.match(ingress({ "alb.ingress.kubernetes.io/scheme": "internet-facing" }), /^fail/);
    assert.equal(ingress({}, "orders"), "nothing");
  });

  it("is not evaluated while the annotations, or whether it has a balancer, are not known", () => {
    assert.match(service(UNKNOWN), /^not evaluated: its annotations/);
    assert.match(service({}, UNKNOWN), /^not evaluated: whether it has a load balancer/);
    assert.match(ingress(UNKNOWN), /^not evaluated/);
  });
});
