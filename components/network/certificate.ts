import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A domain and the public hosted zone it is in. */
export interface Domain {
  readonly name: string;
  readonly hostedZoneId: string;
}

/**
 * A certificate of ACM for one domain, proved by a record in its hosted zone and renewed by ACM as long as that record is there.
 *
 * Cost: none.
 */
export class Certificate extends pulumi.ComponentResource {
  /** ARN, known once ACM has seen the proof. */
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, domain: Domain, options?: pulumi.ComponentResourceOptions) {
    super("strata:network:Certificate", name, {}, options);
    const certificate = new aws.acm.Certificate(name, { domainName: domain.name, validationMethod: "DNS" }, { parent: this });
    // One name is asked for, so there is exactly one record to prove it with.
    const proof = certificate.domainValidationOptions.apply(([first]) => {
      if (!first) throw new Error(`certificate of ${domain.name}: ACM gave no DNS record to validate it with`);
      return first;
    });
    const record = new aws.route53.Record(
      name,
      {
        zoneId: domain.hostedZoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: 300,
      },
      { parent: this },
    );
    this.arn = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      { parent: this },
    ).certificateArn;
    this.registerOutputs({ arn: this.arn });
  }
}
