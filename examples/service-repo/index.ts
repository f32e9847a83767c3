import * as pulumi from "@pulumi/pulumi";
import { PlatformReference } from "strata-platform";

/** Adds parcels and its labels to the platform's environment of the same name. */
export = async () => {
  const platform = await PlatformReference.read(`organization/strata/${pulumi.getStack()}`);
  const parcels = platform.addService("service.yaml");
  const labels = platform.addService("labels/service.yaml");
  return { url: parcels.url, places: { parcels: parcels.placement.target, labels: labels.placement.target } };
};
