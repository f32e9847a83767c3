import { serviceNamesAPortOfItsTask as rule } from "../../../../../policy/preflight/rules/containers/service-names-a-port-of-its-task";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs, type TestStack } from "../../../stack";

const SERVICE = "aws:ecs/service:Service";
const MAPPED = { name: "app", portMappings: [{ name: "http", containerPort: 8080 }] };

function service(inputs: Inputs, containers: readonly object[] = [MAPPED]): Given {
  return (stack: TestStack) => {
    const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", { containerDefinitions: JSON.stringify(containers) });
    return stack.add(SERVICE, "orders", { taskDefinition: arn(task), ...inputs });
  };
}

function balanced(containerName: string, containerPort: Inputs[string]): Inputs {
  return { loadBalancers: [{ targetGroupArn: "arn:aws:x", containerName, containerPort }] };
}

const connected = (portName: string): Inputs => ({ serviceConnectConfiguration: { enabled: true, services: [{ portName }] } });

export const cases: RuleCases = {
  rule,
  pass: {
    "a port that is mapped": service(balanced("app", 8080)),
    "a port as text, of a task that is not made yet": { given: service(balanced("app", "8080")), known: false },
    "a port of a range": service(balanced("app", 8005), [{ name: "app", portMappings: [{ containerPortRange: "8000-8010" }] }]),
    "a name of Service Connect": service(connected("http")),
  },
  fail: {
    "a container that there is not": { given: service(balanced("web", 8080)), says: /AWS refuses orders: its task has no container web/ },
    "a port that is not mapped": { given: service(balanced("app", 80)), known: false, says: /container app does not map port 80/ },
    "a name that no port has": { given: service(connected("grpc")), says: /no port mapping called grpc/ },
  },
  absent: {
    "of any mapping": { given: service(balanced("app", 80), [{ name: "app" }]), says: /does not map port 80/ },
    "of anything that leads to it": { given: service({}), says: "nothing" },
  },
  unknown: {
    "while its load balancers are not known": service({ loadBalancers: UNKNOWN }),
    "while its containers are not known": (stack) => {
      const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", { containerDefinitions: UNKNOWN });
      return stack.add(SERVICE, "orders", { taskDefinition: arn(task), ...balanced("app", 80) });
    },
  },
  mutations: {
    "the load balancer of a service names another container": (stack) =>
      stack.set(stack.one(SERVICE, "orders"), ["loadBalancers", 0, "containerName"], "order"),
    "Service Connect names a port that there is not": (stack) =>
      stack.set(stack.one(SERVICE, "billing"), ["serviceConnectConfiguration", "services", 0, "portName"], "grpc"),
  },
};
