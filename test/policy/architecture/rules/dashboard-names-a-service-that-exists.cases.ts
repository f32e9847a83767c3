import { dashboardNamesAServiceThatExists as rule } from "../../../../policy/architecture/rules/dashboard-names-a-service-that-exists";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";

const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

/** A dashboard beside an ECS service. */
function dashboard(body: Json): Given {
  return (stack) => {
    stack.add("aws:ecs/service:Service", "billing", {}, undefined, { name: "billing-1" });
    return stack.add(DASHBOARD, "services", { dashboardBody: typeof body === "string" ? body : JSON.stringify(body) });
  };
}

const about = (service: string): Json => ({
  widgets: [{ type: "metric", properties: { metrics: [["AWS/ECS", "CPUUtilization", "ServiceName", service]] } }],
});

export const cases: RuleCases = {
  rule,
  pass: { "when it is about a service of the stack": dashboard(about("billing-1")) },
  fail: {
    "when it is about another": { given: dashboard(about("shipping")), says: /services is about shipping, which the stack does not have/ },
  },
  absent: { "of widgets: it is about nothing": { given: dashboard({ widgets: [] }), says: "pass" } },
  unknown: { "while its body is not known": dashboard(UNKNOWN) },
  mutations: {
    "a dashboard keeps a service that is gone": (stack) =>
      stack.edit(stack.one(DASHBOARD, "compute"), "dashboardBody", (body) => ({
        ...(body as object),
        widgets: [...((body as { widgets: Json[] }).widgets ?? []), ...(about("shipping") as { widgets: Json[] }).widgets],
      })),
  },
};
