import { always, emptyUnless, type Loss, type Losses, when } from "./loss.ts";

const SNAPSHOT: Loss = { lost: "The snapshot: what it keeps is nowhere else." };
const IMAGE: Loss = { lost: "The image: no machine can be started from it any more." };
const onlyEmpty = always("AWS deletes it only once it is empty.");

/** What is kept for the day on which all else is lost. */
export const BACKUPS: Losses = {
  "aws:backup/vault:Vault": {
    lost: "All recovery points in it.",
    safeguards: [emptyUnless("forceDestroy", "recovery points")],
  },
  "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault": {
    lost: "All recovery points in it.",
    safeguards: [onlyEmpty],
  },
  "aws:glacier/vault:Vault": { lost: "All archives in it.", safeguards: [onlyEmpty] },
  "aws:ebs/snapshot:Snapshot": SNAPSHOT,
  "aws:ebs/snapshotCopy:SnapshotCopy": SNAPSHOT,
  "aws:ebs/snapshotImport:SnapshotImport": SNAPSHOT,
  "aws:rds/snapshot:Snapshot": SNAPSHOT,
  "aws:rds/snapshotCopy:SnapshotCopy": SNAPSHOT,
  "aws:rds/clusterSnapshot:ClusterSnapshot": SNAPSHOT,
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": SNAPSHOT,
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": {
    lost: "The copies of the automated backups in the other region.",
  },
  "aws:docdb/clusterSnapshot:ClusterSnapshot": SNAPSHOT,
  "aws:neptune/clusterSnapshot:ClusterSnapshot": SNAPSHOT,
  "aws:redshift/clusterSnapshot:ClusterSnapshot": SNAPSHOT,
  "aws:redshiftserverless/snapshot:Snapshot": SNAPSHOT,
  "aws:memorydb/snapshot:Snapshot": SNAPSHOT,
  "aws:fsx/backup:Backup": SNAPSHOT,
  "aws:fsx/openZfsSnapshot:OpenZfsSnapshot": SNAPSHOT,
  "aws:kinesisanalyticsv2/applicationSnapshot:ApplicationSnapshot": SNAPSHOT,
  "aws:ec2/ami:Ami": IMAGE,
  "aws:ec2/amiCopy:AmiCopy": IMAGE,
  "aws:ec2/amiFromInstance:AmiFromInstance": IMAGE,
  "aws:imagebuilder/image:Image": IMAGE,
  "aws:lambda/layerVersion:LayerVersion": {
    lost: "The version of the layer: no function can be made with it any more.",
    safeguards: [when("skipDestroy", true, "skipDestroy is on: it stays in the account.")],
  },
};
