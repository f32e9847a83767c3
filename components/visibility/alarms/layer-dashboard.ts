import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { dashboardBody, type DashboardGroup, dashboardPages } from "./dashboard-body";

export interface LayerDashboardArgs {
  readonly context: PlatformContext;
  /** What is shown, one below the other; what has no alarms is left out. */
  readonly groups: readonly DashboardGroup[];
  readonly transform?: { readonly dashboard?: Transform<aws.cloudwatch.DashboardArgs> };
}

/**
 * The dashboard of one layer in CloudWatch, made from the very alarms of the layer, so that a graph and its alarm cannot disagree. It is there
 * when everything else is not: Grafana runs on the platform that it watches, CloudWatch does not.
 *
 * Cost: 3 USD a month a dashboard; three of up to 50 metrics are free in an account (Amazon CloudWatch pricing, 2026-11).
 */
export class LayerDashboard extends pulumi.ComponentResource {
  constructor(name: string, { context, groups, transform }: LayerDashboardArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:LayerDashboard", name, {}, options);
    dashboardPages(groups).forEach((page, index) => {
      const child = index === 0 ? name : `${name}-${index + 1}`;
      new aws.cloudwatch.Dashboard(
        ...bend<aws.cloudwatch.DashboardArgs>(
          transform?.dashboard,
          child,
          {
            // CloudWatch makes up no name, and it is what people search for.
            dashboardName: `${context.environment}-${child}`,
            dashboardBody: pulumi.jsonStringify(dashboardBody(page, context.region)),
          },
          { parent: this },
        ),
      );
    });
    this.registerOutputs();
  }
}
