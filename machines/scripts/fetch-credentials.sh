#!/bin/sh
# Keeps the database password in a file that the application reads for each new connection. A machine that has none tries for as long as it takes;
# one that has, asks once and is asked again by the timer.
set -eu

file=/run/webstack/database-password
pause=2

# A parser's complaint may quote what it was given, so it is not heard.
fetch() {
  aws secretsmanager get-secret-value --region "$AWS_REGION" --secret-id "$DATABASE_SECRET" --query SecretString --output text |
    node --print 'JSON.parse(require("node:fs").readFileSync(0, "utf8")).password' >"$file.new" 2>/dev/null
}

if [ -s "$file" ]; then
  if ! fetch; then
    echo "Could not read the secret $DATABASE_SECRET. The application keeps the password it has." >&2
    exit 1
  fi
else
  until fetch; do
    echo "Could not read the secret $DATABASE_SECRET. Trying again in $pause seconds." >&2
    sleep "$pause"
    if [ "$pause" -lt 60 ]; then pause=$((pause * 2)); fi
  done
fi

if cmp -s "$file.new" "$file"; then
  rm "$file.new"
else
  mv "$file.new" "$file"
  echo "The database password is in place."
fi
