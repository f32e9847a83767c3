import type * as pulumi from "@pulumi/pulumi";
import { allowPassage, type Side } from "../../network/passage";
import { type NodeEndpoint } from "./node-daemon";

/** What nodes are let out to. Their group is one for all daemons, and a rule may exist only once, so it is the first daemon's. */
export class NodePassages {
  private readonly opened = new Map<pulumi.Input<string>, Set<string>>();

  /** Lets nodes connect to a port of a group. The rules belong to `parent`. */
  open(nodes: readonly Side[], to: Side, port: number, protocol: "tcp" | "udp", parent: pulumi.Resource): pulumi.Resource[] {
    const known = this.opened.get(to.securityGroupId) ?? new Set();
    this.opened.set(to.securityGroupId, known);
    return nodes.flatMap((node) => {
      const id = `${node.name}/${port}/${protocol}`;
      if (known.has(id)) return [];
      known.add(id);
      return allowPassage(node, to, port, parent, protocol);
    });
  }

  /** Lets nodes connect to the endpoints of a daemon that are inside the VPC. */
  openEndpoints(nodes: readonly Side[], daemon: string, endpoints: readonly NodeEndpoint[], parent: pulumi.Resource): pulumi.Resource[] {
    return endpoints.flatMap(({ securityGroupId, port, protocol = "tcp" }, index) =>
      securityGroupId ? this.open(nodes, { name: `${daemon}-endpoint-${index}`, securityGroupId }, port, protocol, parent) : [],
    );
  }
}
