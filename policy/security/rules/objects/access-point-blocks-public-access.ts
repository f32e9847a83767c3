import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

const POINT = "aws:s3/accessPoint:AccessPoint";
const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** S3 blocks public access to an access point unless told otherwise, and it can't be changed later. */
export const accessPointBlocksPublicAccess = resourceRule({
  id: "access-point-blocks-public-access",
  title: "Every access point blocks public access in all four ways",
  severity: "high",
  why: "An access point is one more door to its bucket, with a policy of its own that nobody sees in the bucket's.",
  fix: "Leave publicAccessBlockSettings out, or set all four of its flags to true; the access point must be made anew.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html"],
  frameworks: [
    { name: "FSBP", id: "S3.19" },
    { name: "FSBP", id: "S3.24" },
    { name: "Checkov", id: "CKV_AWS_392" },
  ],
  types: [POINT, "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint"],
  check: (point) => {
    const settings = point.type === POINT ? "publicAccessBlockSettings" : "details.publicAccessBlock";
    const findings = FLAGS.flatMap((flag) => unlessOn(point, `${settings}.${flag}`, true, `${flag} is off`));
    return [judge(point, `${point.name} could be opened to the world`, findings)];
  },
});
