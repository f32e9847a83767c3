import type * as pulumi from "@pulumi/pulumi";

/** What a service must know of the network it runs in, whether this program makes it or it exists already. */
export interface ServiceNetwork {
  readonly vpcId: pulumi.Output<string>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Group of the interface endpoints; absent when there are none. */
  readonly endpointSecurityGroupId: pulumi.Output<string> | undefined;
  /** Prefix list of S3's addresses, present with the S3 gateway endpoint. */
  readonly s3PrefixListId: pulumi.Output<string> | undefined;
  /** Prefix list of DynamoDB's addresses, present with its gateway endpoint. */
  readonly dynamodbPrefixListId: pulumi.Output<string> | undefined;
  /** True when the private tier has a way out to the internet. */
  readonly hasNat: boolean;
  /** Routes out of the private tier: whoever starts there and calls the internet waits for them. Empty where they are there already, or never. */
  readonly wayOut: readonly pulumi.Resource[];
  /** AWS services reached without leaving the VPC, by the names of their endpoints. */
  readonly privateServices: ReadonlySet<string>;
}

/** What is known of a network that exists already. */
export interface NetworkIds {
  readonly vpcId: pulumi.Input<string>;
  readonly privateSubnetIds: pulumi.Input<string[]>;
  readonly endpointSecurityGroupId?: pulumi.Input<string>;
  readonly s3PrefixListId?: pulumi.Input<string>;
  readonly dynamodbPrefixListId?: pulumi.Input<string>;
  readonly hasNat: boolean;
  readonly privateServices: readonly string[];
}
