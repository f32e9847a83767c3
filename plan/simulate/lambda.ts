import { arn, autoName, hex, uuid } from "./identifiers";
import { arnAsId, named, namedArn, type Simulate, text } from "./shapes";

const FIRST_VERSION = "1";

function invokeArn(region: string, functionArn: string): string {
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

const lambdaFunction: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  const own = arn(place, "lambda", `function:${name}`);
  const qualified = `${own}:${FIRST_VERSION}`;
  return {
    id: name,
    outputs: {
      name,
      arn: own,
      invokeArn: invokeArn(place.region, own),
      version: inputs["publish"] === true ? FIRST_VERSION : "$LATEST",
      qualifiedArn: qualified,
      qualifiedInvokeArn: invokeArn(place.region, qualified),
    },
  };
};

const alias: Simulate = (inputs, place) => {
  const own = arn(place, "lambda", `function:${text(inputs["functionName"], autoName(place))}:${text(inputs["name"], place.name)}`);
  return { id: own, outputs: { arn: own, invokeArn: invokeArn(place.region, own) } };
};

/** Lambda and what starts it, by type token. */
export const LAMBDA_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:cloudwatch/eventRule:EventRule": namedArn("events", (name) => `rule/${name}`),
  "aws:cloudwatch/eventTarget:EventTarget": (inputs, place) => {
    const targetId = text(inputs["targetId"], autoName(place));
    return { id: `${text(inputs["rule"], place.name)}-${targetId}`, outputs: { targetId } };
  },
  "aws:lambda/alias:Alias": alias,
  "aws:lambda/eventSourceMapping:EventSourceMapping": (inputs, place) => {
    const id = uuid(place);
    return {
      id,
      outputs: {
        uuid: id,
        arn: arn(place, "lambda", `event-source-mapping:${id}`),
        functionArn: inputs["functionName"] ?? null,
        state: "Enabled",
      },
    };
  },
  "aws:lambda/function:Function": lambdaFunction,
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (inputs, place) => ({
    id: `${text(inputs["functionName"], place.name)}:${text(inputs["qualifier"], "$LATEST")}`,
    outputs: {},
  }),
  "aws:lambda/permission:Permission": (_, place) => {
    const statementId = `${place.name}-${hex(place, 7)}`;
    return { id: statementId, outputs: { statementId } };
  },
  "aws:scheduler/schedule:Schedule": (inputs, place) => {
    const name = named(inputs, place);
    const group = text(inputs["groupName"], "default");
    return { id: `${group}/${name}`, outputs: { name, groupName: group, arn: arn(place, "scheduler", `schedule/${group}/${name}`) } };
  },
  "aws:secretsmanager/secret:Secret": arnAsId("secretsmanager", (name, place) => `secret:${name}-${hex(place, 6)}`),
};
