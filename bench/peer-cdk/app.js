"use strict";
// The platform of services/ for AWS CDK, as somebody who knows CDK would write it: the same network, places, stores and services, checked by
// cdk-nag. Nothing is bundled and no context is looked up, which spares it work that Strata does.
const { App, Validations } = require("aws-cdk-lib");
const { AwsSolutionsChecks } = require("cdk-nag");
const { ContainerStack } = require("./lib/containers");
const { DataStack } = require("./lib/data");
const { FunctionStack } = require("./lib/functions");
const { KubernetesStack } = require("./lib/kubernetes");
const { NetworkStack } = require("./lib/network");
const { VisibilityStack } = require("./lib/visibility");

const app = new App();
const env = { account: "444455556666", region: "us-east-1" };
const network = new NetworkStack(app, "Network", { env });
const data = new DataStack(app, "Data", { env, vpc: network.vpc });
const containers = new ContainerStack(app, "Containers", { env, vpc: network.vpc, data });
new KubernetesStack(app, "Kubernetes", { env, vpc: network.vpc });
const functions = new FunctionStack(app, "Functions", { env, vpc: network.vpc, data });
new VisibilityStack(app, "Visibility", { env, data, containers, functions });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
