import { arn, hex } from "./identifiers";
import { isRecord, named, type Simulate, text } from "./shapes";

/** Ids of API Gateway are ten letters and digits. */
function gatewayId(urn: string): string {
  return hex({ urn }, 10);
}

const api: Simulate = (inputs, place) => {
  const id = gatewayId(place.urn);
  return {
    id,
    outputs: {
      name: named(inputs, place),
      arn: `arn:aws:apigateway:${place.region}::/apis/${id}`,
      apiEndpoint: `https://${id}.execute-api.${place.region}.amazonaws.com`,
      executionArn: arn(place, "execute-api", id),
    },
  };
};

const domainName: Simulate = (inputs, place) => {
  const name = text(inputs["domainName"], place.name);
  const configuration = inputs["domainNameConfiguration"];
  return {
    id: name,
    outputs: {
      arn: `arn:aws:apigateway:${place.region}::/domainnames/${name}`,
      domainNameConfiguration: {
        ...(isRecord(configuration) ? configuration : {}),
        hostedZoneId: `Z${hex(place, 13).toUpperCase()}`,
        targetDomainName: `d-${gatewayId(place.urn)}.execute-api.${place.region}.amazonaws.com`,
      },
    },
  };
};

const stage: Simulate = (inputs, place) => {
  const name = text(inputs["name"], place.name);
  const id = text(inputs["apiId"], "api");
  return {
    id: name,
    outputs: {
      arn: `arn:aws:apigateway:${place.region}::/apis/${id}/stages/${name}`,
      executionArn: arn(place, "execute-api", `${id}/${name}`),
      invokeUrl: `https://${id}.execute-api.${place.region}.amazonaws.com/`,
    },
  };
};

const plain: Simulate = (_, place) => ({ id: gatewayId(place.urn), outputs: {} });

/** HTTP APIs of API Gateway, by type token. */
export const API_GATEWAY_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:apigatewayv2/api:Api": api,
  "aws:apigatewayv2/apiMapping:ApiMapping": plain,
  "aws:apigatewayv2/authorizer:Authorizer": plain,
  "aws:apigatewayv2/domainName:DomainName": domainName,
  "aws:apigatewayv2/integration:Integration": plain,
  "aws:apigatewayv2/route:Route": plain,
  "aws:apigatewayv2/stage:Stage": stage,
  "aws:apigatewayv2/vpcLink:VpcLink": (_, place) => {
    const id = gatewayId(place.urn);
    return { id, outputs: { arn: `arn:aws:apigateway:${place.region}::/vpclinks/${id}` } };
  },
};
