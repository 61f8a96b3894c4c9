import { always, emptyUnless, forDays, type Loss, type Losses, refusedBy } from "./loss.ts";

const KEY: Loss = {
  lost: "Everything that is encrypted with it can never be read again.",
  safeguards: [forDays("deletionWindowInDays", 30, "The deletion can be cancelled")],
};

const REPLICA_KEY: Loss = {
  ...KEY,
  copy: always("A replica: what it encrypts in its region is read with the primary key only, in another region."),
};

/** Keys of what is encrypted: without them data is there and lost. */
export const KEYS: Losses = {
  "aws:kms/key:Key": KEY,
  "aws:kms/externalKey:ExternalKey": KEY,
  "aws:kms/replicaKey:ReplicaKey": REPLICA_KEY,
  "aws:kms/replicaExternalKey:ReplicaExternalKey": REPLICA_KEY,
  "aws:cloudhsmv2/cluster:Cluster": { lost: "All keys in it, and with them what they encrypt." },
  "aws:paymentcryptography/key:Key": KEY,
};

const RESTORED = "It can be restored";
const LET_IN_NO_MORE = "whoever has it is let in no more";

/** Secrets and credentials: they can be made anew, but not the same. */
export const SECRETS: Losses = {
  "aws:secretsmanager/secret:Secret": {
    lost: "Its value, with all versions.",
    safeguards: [forDays("recoveryWindowInDays", 30, RESTORED)],
  },
  "aws:ssm/parameter:Parameter": { lost: "Its value, with all versions." },
  "aws:acmpca/certificateAuthority:CertificateAuthority": {
    lost: "Its key: no certificate that it signed can be renewed.",
    safeguards: [forDays("permanentDeletionTimeInDays", 30, RESTORED)],
  },
  "aws:iam/accessKey:AccessKey": { lost: `The key: ${LET_IN_NO_MORE}.` },
  "aws:iam/serverCertificate:ServerCertificate": { lost: "The certificate with its key, which AWS gives nobody." },
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": { lost: `The password: ${LET_IN_NO_MORE}.` },
  "aws:apigateway/apiKey:ApiKey": { lost: `The key: ${LET_IN_NO_MORE}.` },
  "aws:appsync/apiKey:ApiKey": { lost: `The key: ${LET_IN_NO_MORE}.` },
  "tls:index/privateKey:PrivateKey": { lost: "The key: certificates for it no longer fit." },
  "random:index/randomPassword:RandomPassword": { lost: `The password: ${LET_IN_NO_MORE}.` },
};

/** People and what they sign in with. */
export const IDENTITIES: Losses = {
  "aws:cognito/userPool:UserPool": {
    lost: "All users, with their passwords.",
    safeguards: [refusedBy("deletionProtection", "ACTIVE")],
  },
  "aws:cognito/user:User": { lost: "The user, with the password." },
  "aws:cognito/identityPool:IdentityPool": { lost: "All identities in it." },
  "aws:directoryservice/directory:Directory": { lost: "All users, groups and machines that joined it." },
  "aws:identitystore/user:User": { lost: "The user, with the password and devices." },
  "aws:iam/user:User": {
    lost: "The user, with the password.",
    safeguards: [emptyUnless("forceDestroy", "keys or devices that others made")],
  },
  "aws:customerprofiles/domain:Domain": { lost: "All profiles in it." },
  "aws:rekognition/collection:Collection": { lost: "All faces in it." },
  "aws:sesv2/contactList:ContactList": { lost: "All contacts in it, with what they subscribed to." },
  "aws:connect/instance:Instance": { lost: "All users, flows and metrics in it." },
};
