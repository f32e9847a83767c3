import { type Container, containerName, containersOf, TASK_DEFINITION } from "../containers";
import type { Finding } from "../finding";
import { podContainersOf, POD_TYPES, podSpecOf } from "../pods";
import { elements, isObject, isSecret, type Json, read, type Reading, readPath, type Resource, text } from "../resource";
import type { Looked } from "./properties";
import { clarityOf, isLiteral, isSecretName, secretIn, secretInScript } from "./texts";

const FUNCTION = "aws:lambda/function:Function";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/** A variable that a workload sees. */
interface Variable {
  readonly name: string;
  readonly value: Json | undefined;
  readonly of: string;
  readonly property: string;
}

/** What the variables and commands of a workload show, and the texts it is configured with. */
export function secretVariables(resource: Resource): Looked {
  if (resource.type === TASK_DEFINITION) return taskFindings(resource);
  if (resource.type === FUNCTION) return bagFindings(resource, "environment.variables", "variable");
  if (resource.type === CONFIG_MAP) return bagFindings(resource, "data", "key");
  return POD_TYPES.includes(resource.type) ? podFindings(resource) : undefined;
}

/** The variables of an object, each under its name. */
function bagFindings(resource: Resource, property: string, what: string): Looked {
  const bag = read(resource, property);
  if (bag.state === "absent") return undefined;
  if (bag.state === "unknown") return [unreadable(property, bag)];
  return Object.entries(isObject(bag.value) ? bag.value : {}).flatMap(([name, value]) =>
    variableFindings({ name, value, of: what, property }),
  );
}

/** What is found where nothing can be read: a secret, or what is not known yet. */
function unreadable(property: string, reading: Reading, what = property): Finding {
  return isSecret(reading)
    ? { what: `${what} holds a value that the program marks as secret`, property }
    : { what: `${what} is not known yet`, property, unknown: true };
}

function taskFindings(task: Resource): Looked {
  const property = "containerDefinitions";
  const containers = containersOf(task);
  if (containers.state === "absent") return undefined;
  if (containers.state === "unknown") {
    // Of containers of which nothing is known, container-is-confined tells.
    const reading = read(task, property);
    return isSecret(reading) ? [unreadable(property, reading)] : undefined;
  }
  if (containers.state === "invalid") return [{ what: `containerDefinitions can't be read: ${containers.why}`, property, unknown: true }];
  return containers.value.flatMap((container, index) =>
    containerFindings(container, `container ${containerName(container, index)}`, property),
  );
}

function podFindings(resource: Resource): Looked {
  const { path } = podSpecOf(resource);
  const containers = podContainersOf(resource);
  if (containers.state === "unknown") return [{ what: "its pods are not known yet", property: containers.property, unknown: true }];
  return containers.value.flatMap(({ name, spec }) => containerFindings(spec, `container ${name}`, `${path}.containers`));
}

/** ECS calls them `environment`, Kubernetes `env`; both start a container with a command. */
function containerFindings(container: Container, who: string, property: string): Finding[] {
  const environments = [readPath(container, "environment"), readPath(container, "env")].flatMap(elements);
  return [
    ...environments.flatMap((variable): Finding[] => {
      if (variable.state !== "known") return [{ what: `the variables of ${who} are not known yet`, property, unknown: true }];
      const name = text(readPath(variable.value, "name")) ?? "without a name";
      const value = isObject(variable.value) ? variable.value["value"] : undefined;
      return variableFindings({ name, value, of: `${who}: variable`, property });
    }),
    ...["command", "entryPoint", "args"].flatMap((key) => commandFindings(container[key], who, property)),
  ];
}

function commandFindings(command: Json | undefined, who: string, property: string): Finding[] {
  if (command === undefined || command === null) return [];
  const words = (Array.isArray(command) ? command : [command]).filter((word) => typeof word === "string");
  if (words.some((word) => clarityOf(word) === "secret"))
    return [{ what: `the command of ${who} holds a value that the program marks as secret`, property }];
  const secret = secretInScript(words.join(" "));
  return secret === undefined ? [] : [{ what: `the command of ${who} holds ${secret}`, property }];
}

function variableFindings({ name, value, of, property }: Variable): Finding[] {
  const who = `${of} ${name}`;
  switch (clarityOf(value)) {
    case "nothing":
      return [];
    case "secret":
      return [{ what: `${who} holds a value that the program marks as secret`, property }];
    case "unknown":
      return isSecretName(name) ? [{ what: `what ${who} holds is not known yet`, property, unknown: true }] : [];
    case "clear": {
      if (isSecretName(name) && isLiteral(value ?? null)) return [{ what: `${who} is a secret by its name`, property }];
      const secret = typeof value === "string" ? secretIn(value) : undefined;
      return secret === undefined ? [] : [{ what: `${who} holds ${secret}`, property }];
    }
  }
}
