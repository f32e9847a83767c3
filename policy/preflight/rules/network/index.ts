import type { Rule } from "../../../lib/rule";
import { balancerHasOneSubnetAZone } from "./balancer-has-one-subnet-a-zone";
import { balancerLogBucketTakesItsLogs } from "./balancer-log-bucket-takes-its-logs";
import { balancerNameIsAccepted } from "./balancer-name-is-accepted";
import { interfaceHasAtMostFiveGroups } from "./interface-has-at-most-five-groups";
import { listenerHasCertificate } from "./listener-has-certificate";
import { listenerProtocolFitsItsBalancer } from "./listener-protocol-fits-its-balancer";
import { listenerRuleHasItsOwnPriority } from "./listener-rule-has-its-own-priority";
import { listenersDoNotShareAPort } from "./listeners-do-not-share-a-port";
import { natGatewayReachesTheInternet } from "./nat-gateway-reaches-the-internet";
import { privateDnsHasVpcDns } from "./private-dns-has-vpc-dns";
import { securityGroupRuleIsAccepted } from "./security-group-rule-is-accepted";
import { subnetIsInsideItsVpc } from "./subnet-is-inside-its-vpc";
import { subnetsDoNotOverlap } from "./subnets-do-not-overlap";
import { targetGroupFitsItsListener } from "./target-group-fits-its-listener";

/** VPCs, subnets, security groups and load balancers. */
export const networkChecks: readonly Rule[] = [
  subnetIsInsideItsVpc,
  subnetsDoNotOverlap,
  natGatewayReachesTheInternet,
  privateDnsHasVpcDns,
  securityGroupRuleIsAccepted,
  interfaceHasAtMostFiveGroups,
  balancerNameIsAccepted,
  balancerHasOneSubnetAZone,
  balancerLogBucketTakesItsLogs,
  listenerProtocolFitsItsBalancer,
  listenerHasCertificate,
  listenersDoNotShareAPort,
  listenerRuleHasItsOwnPriority,
  targetGroupFitsItsListener,
];
