/** A private repository of Amazon ECR. Public ones (`aws:ecrpublic`) are there to be read by everyone. */
export const REPOSITORY = "aws:ecr/repository:Repository";
