"use strict";
const { Duration, Stack } = require("aws-cdk-lib");
const cloudwatch = require("aws-cdk-lib/aws-cloudwatch");
const actions = require("aws-cdk-lib/aws-cloudwatch-actions");
const sns = require("aws-cdk-lib/aws-sns");

/** Alarms of services and stores, one topic, and a dashboard a layer. */
class VisibilityStack extends Stack {
  constructor(scope, id, { data, containers, functions, ...props }) {
    super(scope, id, props);
    const topic = new sns.Topic(this, "Alarms", { enforceSSL: true });
    const action = new actions.SnsAction(topic);
    const alarm = (name, metric, threshold) => {
      const made = new cloudwatch.Alarm(this, name, { metric, threshold, evaluationPeriods: 3 });
      made.addAlarmAction(action);
      return metric;
    };
    const services = containers.services.flatMap((service) => {
      const { id: name } = service.node;
      return [alarm(`${name}-cpu`, service.metricCpuUtilization(), 85), alarm(`${name}-memory`, service.metricMemoryUtilization(), 90)];
    });
    const lambdas = functions.functions.flatMap((each) => {
      const { id: name } = each.node;
      return [
        alarm(`${name}-errors`, each.metricErrors(), 1),
        alarm(`${name}-throttles`, each.metricThrottles(), 1),
        alarm(`${name}-duration`, each.metricDuration({ statistic: "p99" }), 25_000),
      ];
    });
    const databases = [data.orders, ...data.instances].flatMap((each) => {
      const { id: name } = each.node;
      return [
        alarm(`${name}-database-cpu`, each.metricCPUUtilization(), 85),
        alarm(`${name}-database-connections`, each.metricDatabaseConnections(), 500),
        alarm(`${name}-database-memory`, each.metricFreeableMemory(), 500_000_000),
      ];
    });
    const tables = [data.payments, data.sessions].map((each) =>
      alarm(`${each.node.id}-throttles`, each.metricUserErrors({ period: Duration.minutes(5) }), 5),
    );
    for (const [name, metrics] of Object.entries({ services, lambdas, databases, tables }))
      new cloudwatch.Dashboard(this, `${name}-dashboard`, {
        widgets: [metrics.map((metric) => new cloudwatch.GraphWidget({ left: [metric], width: 8 }))],
      });
  }
}

module.exports = { VisibilityStack };
