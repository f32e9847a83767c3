import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Seconds a client may keep the address of a task that is gone. */
const DNS_TTL = 10;

/** A name of the private zone that the tasks of one ECS service answer on. */
export function taskName(
  name: string,
  zone: aws.servicediscovery.PrivateDnsNamespace,
  parent: pulumi.Resource,
): { readonly service: aws.servicediscovery.Service; readonly host: pulumi.Output<string> } {
  const service = new aws.servicediscovery.Service(
    name,
    {
      name,
      dnsConfig: { namespaceId: zone.id, dnsRecords: [{ type: "A", ttl: DNS_TTL }], routingPolicy: "MULTIVALUE" },
      healthCheckCustomConfig: {},
    },
    { parent },
  );
  return { service, host: pulumi.interpolate`${service.name}.${zone.name}` };
}

/** A name that stands for one of several others at each look-up: ECS gives a task one name only, and each copy has its own. */
export function nameOfAny(
  name: string,
  copies: readonly pulumi.Output<string>[],
  zone: aws.servicediscovery.PrivateDnsNamespace,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const service = new aws.servicediscovery.Service(
    name,
    { name, dnsConfig: { namespaceId: zone.id, dnsRecords: [{ type: "CNAME", ttl: DNS_TTL }], routingPolicy: "WEIGHTED" } },
    { parent },
  );
  copies.forEach(
    (host, index) =>
      new aws.servicediscovery.Instance(
        `${name}-${index}`,
        { instanceId: `${name}-${index}`, serviceId: service.id, attributes: { AWS_INSTANCE_CNAME: host } },
        { parent },
      ),
  );
  return pulumi.interpolate`${service.name}.${zone.name}`;
}
