import { type Query, quotedName } from "./server.ts";

/** What RDS lets a master do. Source: RDS user guide, master user account privileges. */
const PRIVILEGES = [
  "SELECT",
  "INSERT",
  "UPDATE",
  "DELETE",
  "CREATE",
  "DROP",
  "RELOAD",
  "PROCESS",
  "REFERENCES",
  "INDEX",
  "ALTER",
  "SHOW DATABASES",
  "CREATE TEMPORARY TABLES",
  "LOCK TABLES",
  "EXECUTE",
  "REPLICATION SLAVE",
  "REPLICATION CLIENT",
  "CREATE VIEW",
  "SHOW VIEW",
  "CREATE ROUTINE",
  "ALTER ROUTINE",
  "CREATE USER",
  "EVENT",
  "TRIGGER",
].join(", ");

/** The master's account with this password. Replicas get it like everything else that is written. */
export async function setMaster(query: Query, user: string, password: string): Promise<void> {
  const [same] = await query(
    "SELECT 1 FROM mysql.user WHERE User = ? AND Host = '%' AND authentication_string = PASSWORD(?)",
    [user, password],
  );
  if (same) return;
  const account = `${quotedName(user)}@'%'`;
  await query(`CREATE USER IF NOT EXISTS ${account}`);
  await query(`ALTER USER ${account} IDENTIFIED BY ?`, [password]);
  await query(`GRANT ${PRIVILEGES} ON *.* TO ${account} WITH GRANT OPTION`);
}
