#!/bin/sh
# Creates the application's database and user. The password is made here, kept here and replaced on each new machine.
set -eu

password_file=/var/lib/webstack/database-password

if [ ! -s "$password_file" ]; then
  umask 077
  openssl rand -hex 32 >"$password_file.new"
  mv "$password_file.new" "$password_file"
fi
password=$(cat "$password_file")

until mariadb-admin --silent ping >/dev/null 2>&1; do
  echo "MariaDB does not answer yet. Trying again in 5 seconds."
  sleep 5
done

# Through standard input, so that no process list shows the password.
mariadb <<SQL
CREATE DATABASE IF NOT EXISTS \`$DATABASE_NAME\` CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS \`$DATABASE_USER\`@\`127.0.0.1\`;
ALTER USER \`$DATABASE_USER\`@\`127.0.0.1\` IDENTIFIED BY '$password' REQUIRE SSL;
GRANT ALL PRIVILEGES ON \`$DATABASE_NAME\`.* TO \`$DATABASE_USER\`@\`127.0.0.1\`;
SQL
echo "The database $DATABASE_NAME is ready."
