import type * as pulumi from "@pulumi/pulumi";
import { allowEndpoints, allowInternet } from "../network/outbound";
import { type ServiceNetwork } from "../network/service-network";
import { allowPassage, type Side } from "../network/passage";
import { type Consumer } from "../service/binding";

/**
 * The way into a store that many services share, opened once for each service however many topics, queues or prefixes of it the service
 * needs: a rule may exist only once.
 */
export class SharedPassage {
  private readonly opened = new Map<string, readonly pulumi.Resource[]>();
  private pollers: readonly pulumi.Resource[] | undefined;

  constructor(
    private readonly store: Side,
    private readonly port: number,
    private readonly parent: pulumi.Resource,
  ) {}

  /** Rules that let the service in. */
  open(consumer: Consumer): readonly pulumi.Resource[] {
    const known = this.opened.get(consumer.name);
    if (known) return known;
    const rules = allowPassage(consumer, this.store, this.port, this.parent);
    this.opened.set(consumer.name, rules);
    return rules;
  }

  /**
   * Rules that let the pollers of Lambda work: they stand in the store's own group, talk to the store and call Lambda, STS and Secrets
   * Manager (Lambda developer guide, "Configuring your Amazon MSK cluster and Amazon VPC network", 2026-11).
   */
  openToPollers(network: ServiceNetwork): readonly pulumi.Resource[] {
    this.pollers ??= [
      ...allowPassage({ ...this.store, name: `${this.store.name}-pollers` }, this.store, this.port, this.parent),
      ...allowEndpoints(this.store, network, this.parent),
      ...allowInternet(this.store, network.hasNat ? ["Lambda's pollers call Lambda, STS and Secrets Manager"] : [], network, this.parent),
    ];
    return this.pollers;
  }
}
