import { arn, hex } from "./identifiers";
import { named, type Simulate, text } from "./shapes";

const userPool: Simulate = (inputs, place) => {
  const id = `${place.region}_${hex(place, 9)}`;
  const endpoint = `cognito-idp.${place.region}.amazonaws.com/${id}`;
  return { id, outputs: { name: named(inputs, place), arn: arn(place, "cognito-idp", `userpool/${id}`), endpoint } };
};

const client: Simulate = (inputs, place) => {
  const id = hex(place, 26);
  return {
    id,
    outputs: { name: named(inputs, place), ...(inputs["generateSecret"] === true && { clientSecret: hex(place, 51, "secret") }) },
  };
};

/** Cognito, by type token. */
export const COGNITO_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:cognito/userPool:UserPool": userPool,
  "aws:cognito/userPoolClient:UserPoolClient": client,
  "aws:cognito/userPoolDomain:UserPoolDomain": (inputs, place) => ({
    id: text(inputs["domain"], place.name),
    outputs: { awsAccountId: place.accountId, cloudfrontDistribution: `d${hex(place, 13)}.cloudfront.net` },
  }),
  "aws:cognito/identityProvider:IdentityProvider": (inputs, place) => ({
    id: `${text(inputs["userPoolId"], "")}:${text(inputs["providerName"], place.name)}`,
    outputs: {},
  }),
};
