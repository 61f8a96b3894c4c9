import { always, emptyUnless, finalBackup, type Loss, type Losses, told, when } from "./loss.ts";

const BUCKET: Loss = {
  lost: "All objects in it with their versions, and its name, which others may take.",
  safeguards: [emptyUnless("forceDestroy", "objects")],
};
const OBJECT: Loss = { lost: "The object, with all its versions.", isEntry: true };
const VECTORS: Loss = { lost: "All vectors in it." };

const files = (skipped: boolean): Loss => ({ lost: "All files in it.", safeguards: [finalBackup(skipped)] });
const FILES: Loss = { lost: "All files in it." };
const IMAGES: Loss = { lost: "All images in it." };
const PACKAGES: Loss = { lost: "All packages in it." };

const DISK: Loss = {
  lost: "All data on it.",
  safeguards: [when("finalSnapshot", true, "A final snapshot keeps the data as it is then.")],
};

/** Buckets, files, disks, images and code. Source: what AWS's references and the provider's say of their deletion. */
export const STORAGE: Losses = {
  "aws:s3/bucket:Bucket": BUCKET,
  "aws:s3/bucketV2:BucketV2": BUCKET,
  "aws:s3/directoryBucket:DirectoryBucket": BUCKET,
  "aws:s3control/bucket:Bucket": { lost: "Its name.", safeguards: [always("AWS deletes an empty bucket only.")] },
  "aws:s3/bucketObject:BucketObject": OBJECT,
  "aws:s3/bucketObjectv2:BucketObjectv2": OBJECT,
  "aws:s3/objectCopy:ObjectCopy": OBJECT,
  "aws:s3/vectorsVectorBucket:VectorsVectorBucket": VECTORS,
  "aws:s3/vectorsIndex:VectorsIndex": VECTORS,
  "aws:s3/filesFileSystem:FilesFileSystem": FILES,
  "aws:s3tables/tableBucket:TableBucket": {
    lost: "All tables in it.",
    safeguards: [emptyUnless("forceDestroy", "tables")],
  },
  "aws:s3tables/table:Table": { lost: "All rows in it." },
  "aws:lightsail/bucket:Bucket": { lost: "All objects in it.", safeguards: [emptyUnless("forceDelete", "objects")] },
  "aws:mediastore/container:Container": { lost: "All objects in it." },
  "aws:efs/fileSystem:FileSystem": FILES,
  "aws:fsx/windowsFileSystem:WindowsFileSystem": files(false),
  // Without a backup where a program does not ask for one, and always where the file system is a scratch one.
  "aws:fsx/lustreFileSystem:LustreFileSystem": {
    lost: "All files in it.",
    safeguards: [
      (system) =>
        String(told(system, "deploymentType")).startsWith("SCRATCH") ? undefined : finalBackup(true)(system),
    ],
  },
  "aws:fsx/ontapFileSystem:OntapFileSystem": FILES,
  "aws:fsx/ontapVolume:OntapVolume": files(false),
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": files(false),
  "aws:fsx/openZfsVolume:OpenZfsVolume": FILES,
  "aws:fsx/fileCache:FileCache": { lost: "Everything that is cached in it and not written back yet." },
  "aws:ebs/volume:Volume": DISK,
  "aws:ebs/volumeCopy:VolumeCopy": { lost: "All data on it." },
  "aws:lightsail/disk:Disk": { lost: "All data on it." },
  "aws:lightsail/instance:Instance": { lost: "The machine, with all data on its disk." },
  "aws:storagegateway/cachesIscsiVolume:CachesIscsiVolume": { lost: "All data on it." },
  "aws:storagegateway/storedIscsiVolume:StoredIscsiVolume": {
    lost: "The volume, with what is not uploaded yet.",
    safeguards: [when("preserveExistingData", true, "What is on the disk of the gateway stays there.")],
  },
  "aws:workspaces/workspace:Workspace": { lost: "The desktop, with all data on its volumes." },
  "aws:sagemaker/notebookInstance:NotebookInstance": { lost: "All data on its volume." },
  "aws:sagemaker/featureGroup:FeatureGroup": { lost: "All records of its online store." },
  "aws:emr/cluster:Cluster": { lost: "All data on its nodes, and all steps that run." },
  "aws:ecr/repository:Repository": {
    ...IMAGES,
    safeguards: [emptyUnless("forceDelete", "images")],
  },
  "aws:ecrpublic/repository:Repository": {
    ...IMAGES,
    safeguards: [emptyUnless("forceDestroy", "images")],
  },
  "aws:codeartifact/domain:Domain": PACKAGES,
  "aws:codeartifact/repository:Repository": PACKAGES,
  "aws:codecommit/repository:Repository": { lost: "All code in it, with its history." },
  "aws:codecatalyst/sourceRepository:SourceRepository": { lost: "All code in it, with its history." },
  "aws:cloudfront/keyValueStore:KeyValueStore": { lost: "All keys in it, with their values." },
  "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey": { lost: "The key, with its value.", isEntry: true },
  "aws:cloudformation/stack:Stack": { lost: "Everything that it made, with the data in it." },
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": {
    lost: "Everything that it made, with the data in it.",
  },
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct": {
    lost: "Everything that it made, with the data in it.",
    safeguards: [when("retainPhysicalResources", true, "retainPhysicalResources is on: what it made stays.")],
  },
  "aws:elasticbeanstalk/environment:Environment": {
    lost: "Its machines, and the database that it made, where it made one.",
  },
  "aws:dax/cluster:Cluster": {
    lost: "Everything that is cached in it.",
    copy: always("A cache: connections to it end. Its data is in DynamoDB."),
  },
};
