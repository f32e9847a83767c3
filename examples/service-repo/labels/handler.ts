/** What EventBridge says of a new object. */
interface Uploaded {
  readonly detail: { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } };
}

/** Called for every label that a carrier uploads: says in the log where it belongs. */
export function handler({ detail: { bucket, object } }: Uploaded): void {
  const parcel = /([^/]+)\.pdf$/.exec(object.key)?.[1];
  if (parcel === undefined) throw new Error(`s3://${bucket.name}/${object.key} is named after no parcel`);
  console.log(JSON.stringify({ parcel, label: `s3://${bucket.name}/${object.key}`, filedIn: process.env["REPORTS_BUCKET"] }));
}
