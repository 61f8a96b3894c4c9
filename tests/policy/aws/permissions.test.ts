import test from "ava";
import { takesIn } from "../../../policy/aws/permissions.ts";

test("a pattern of actions takes in what it spells, with stars and question marks, in upper and lower case", (t) => {
  t.true(takesIn("kms:Decrypt", "kms:Decrypt"));
  t.true(takesIn("KMS:decrypt", "kms:Decrypt"));
  t.true(takesIn("kms:*", "kms:Decrypt"));
  t.true(takesIn("*", "kms:Decrypt"));
  t.true(takesIn("kms:D?crypt", "kms:Decrypt"));
  t.true(takesIn("ec2:Describe*", "ec2:DescribeTags"));
});

test("it takes in nothing else", (t) => {
  t.false(takesIn("kms:Decrypt", "kms:DecryptAll"));
  t.false(takesIn("kms.Decrypt", "kms:Decrypt"));
  t.false(takesIn("s3:*", "kms:Decrypt"));
  t.false(takesIn("kms:Encrypt*", "kms:Decrypt"));
});
