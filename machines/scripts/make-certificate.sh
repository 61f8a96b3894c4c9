#!/bin/sh
# Makes a key and a self-signed certificate that never leave this machine: make-certificate NAME OWNER SUBJECT-ALTERNATIVE-NAMES
set -eu

name=$1 owner=$2 names=$3
directory=/etc/webstack/tls

if [ -s "$directory/$name.crt" ]; then exit 0; fi
install -d -m 0755 "$directory"
umask 077
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3650 -subj "/O=webstack/CN=$name" \
  -addext "subjectAltName=$names" -keyout "$directory/$name.key" -out "$directory/$name.new"
chown "$owner" "$directory/$name.key"
chmod 0644 "$directory/$name.new"
mv "$directory/$name.new" "$directory/$name.crt"
