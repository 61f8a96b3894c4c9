import * as aws from "@pulumi/aws";

/** A bucket as it is where nobody says anything. */
new aws.s3.Bucket("files", { forceDestroy: true });
