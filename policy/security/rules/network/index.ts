import type { Rule } from "../../../lib/rule";
import { balancerDropsInvalidHeaders } from "./balancer-drops-invalid-headers";
import { balancerHasAccessLogs } from "./balancer-has-access-logs";
import { balancerHasDeletionProtection } from "./balancer-has-deletion-protection";
import { balancerMitigatesDesync } from "./balancer-mitigates-desync";
import { balancerSpansZones } from "./balancer-spans-zones";
import { defaultGroupIsClosed } from "./default-group-is-closed";
import { groupIsClosedToInternet } from "./group-is-closed-to-internet";
import { groupSaysWhatItIsFor } from "./group-says-what-it-is-for";
import { instanceDiskIsEncrypted } from "./instance-disk-is-encrypted";
import { instanceMetadataNeedsToken } from "./instance-metadata-needs-token";
import { listenerHasModernTls } from "./listener-has-modern-tls";
import { metadataStaysOnItsInstance } from "./metadata-stays-on-its-instance";
import { networkAclOpensNoAdminPort } from "./network-acl-opens-no-admin-port";
import { publicListenerIsEncrypted } from "./public-listener-is-encrypted";
import { scalingGroupAsksItsBalancer } from "./scaling-group-asks-its-balancer";
import { scalingGroupSpansZones } from "./scaling-group-spans-zones";
import { scalingGroupUsesLaunchTemplate } from "./scaling-group-uses-launch-template";
import { subnetGivesNoPublicAddress } from "./subnet-gives-no-public-address";
import { vpcHasFlowLogs } from "./vpc-has-flow-logs";
import { workloadHasNoPublicAddress } from "./workload-has-no-public-address";

/** VPCs, security groups, instances and load balancers. */
export const networkRules: readonly Rule[] = [
  workloadHasNoPublicAddress,
  groupIsClosedToInternet,
  groupSaysWhatItIsFor,
  defaultGroupIsClosed,
  networkAclOpensNoAdminPort,
  subnetGivesNoPublicAddress,
  vpcHasFlowLogs,
  instanceMetadataNeedsToken,
  metadataStaysOnItsInstance,
  instanceDiskIsEncrypted,
  scalingGroupSpansZones,
  scalingGroupUsesLaunchTemplate,
  scalingGroupAsksItsBalancer,
  publicListenerIsEncrypted,
  listenerHasModernTls,
  balancerDropsInvalidHeaders,
  balancerMitigatesDesync,
  balancerHasAccessLogs,
  balancerHasDeletionProtection,
  balancerSpansZones,
];
