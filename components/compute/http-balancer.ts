import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Side } from "../network/passage";
import { type Route } from "./load-balancer";

/** A load balancer as those see it that put themselves behind it, whether this program makes it or it exists already. */
export interface HttpBalancer {
  readonly arnSuffix: pulumi.Output<string>;
  /** Sends a path's requests to a target group; the rule belongs to who asks. */
  route(name: string, route: Route, parent: pulumi.Resource): aws.lb.ListenerRule;
  /** Lets the load balancer reach a service's group on one port. */
  admit(to: Side, port: number, parent: pulumi.Resource): pulumi.Resource[];
}

/** What is known of a load balancer that exists already. */
export interface HttpBalancerIds {
  /** Its name in the rules' names: `public`. */
  readonly name: string;
  /** The listener that serves. */
  readonly listenerArn: pulumi.Input<string>;
  readonly arnSuffix: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Name on its certificate; absent where it serves HTTP. */
  readonly serverName?: string;
}
