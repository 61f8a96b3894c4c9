#!/bin/sh
# Fetches the certificates of the authorities that sign those of RDS in this region. Debian does not have them, since they vouch for nothing else.
# They come over TLS from AWS, whose public certificate Debian can verify.
set -eu

file=/etc/webstack/tls/database-ca.pem
pause=2

fetch() {
  curl --fail --silent --show-error --proto '=https' --connect-timeout 5 --max-time 60 --output "$file.new" "$DATABASE_CA_URL" &&
    openssl x509 -in "$file.new" -noout
}

mkdir -p /etc/webstack/tls
until fetch; do
  echo "Could not fetch $DATABASE_CA_URL. Trying again in $pause seconds." >&2
  sleep "$pause"
  if [ "$pause" -lt 60 ]; then pause=$((pause * 2)); fi
done
mv "$file.new" "$file"
echo "The certificate authorities of the database are in place."
