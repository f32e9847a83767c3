import { type Json, type StackResource } from "../../../../../policy/lib/resource";
import { type Given } from "../../../cases";
import { type Mutant } from "../../../mutant";
import { arn, id, type Input, type Inputs, type TestStack } from "../../../stack";

export const FUNCTION = "aws:lambda/function:Function";
export const PERMISSION = "aws:lambda/permission:Permission";
export const REST_STAGE = "aws:apigateway/stage:Stage";
export const METHOD = "aws:apigateway/method:Method";
export const METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
export const STAGE = "aws:apigatewayv2/stage:Stage";
export const API = "aws:apigatewayv2/api:Api";

export function called(inputs: Inputs): Given {
  return (stack) => addFunction(stack, inputs);
}

export function addFunction(stack: TestStack, inputs: Inputs = {}): StackResource {
  return stack.add(FUNCTION, "orders", inputs);
}

/** Lets a service of AWS call a function. */
export function allow(stack: TestStack, target: StackResource, principal: Input): void {
  stack.add(PERMISSION, "orders-caller", {
    function: id(target),
    action: "lambda:InvokeFunction",
    principal,
    sourceArn: "arn:aws:events:::rule/x",
  });
}

/** What is wrong with a REST API that is fine otherwise. */
export interface RestFaults {
  readonly method?: Inputs;
  /** Of the settings for every method. */
  readonly settings?: { readonly [key: string]: Json };
  readonly stage?: Inputs;
}

/** Adds a REST API to our own stack: one method behind IAM, a stage with its logs, its limit and its settings. */
export function addRestApi(stack: Mutant, { method = {}, settings = {}, stage = {} }: RestFaults): void {
  const [logs] = stack.all("aws:cloudwatch/logGroup:LogGroup", "api-access");
  if (logs === undefined) throw new Error("the stack has no log group for the calls of an API");
  const tags = { service: "partners", owner: "partners" };
  const api = stack.add("aws:apigateway/restApi:RestApi", "partners", {
    endpointConfiguration: { types: "REGIONAL" },
    disableExecuteApiEndpoint: true,
    tags,
  });
  stack.add(METHOD, "partners-get", { restApi: id(api), resourceId: "root", httpMethod: "GET", authorization: "AWS_IAM", ...method });
  const made = stack.add(REST_STAGE, "partners", {
    restApi: id(api),
    deployment: "first",
    stageName: "live",
    accessLogSettings: { destinationArn: arn(logs), format: "$context.requestId" },
    xrayTracingEnabled: true,
    tags,
    ...stage,
  });
  stack.add(METHOD_SETTINGS, "partners", {
    restApi: id(api),
    stageName: String(made.inputs["stageName"]),
    methodPath: "*/*",
    settings: { loggingLevel: "ERROR", metricsEnabled: true, throttlingRateLimit: 100, throttlingBurstLimit: 50, ...settings },
  });
}
