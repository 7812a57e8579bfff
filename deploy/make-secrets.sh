#!/bin/sh
# What the services of docker-compose.yml must know of each other, made of randomness at the first start and kept.
# Each service is given its own folder, with the files it needs and no others, readable to its user alone. Run again it
# changes nothing; a file that is gone is made anew. Secrets are written to files only: nothing is printed, nothing is
# an argument of a command.
#
# One argument: where the folders all, influxdb, powerkits and grafana are. INFLUX_TOKEN in the environment is the token
# of an InfluxDB of one's own; the collector and Grafana are then given that one. With INFLUX_API=v1 it is user:password.
set -eu
umask 077
secrets=${1:?the folder of the secrets is missing}

# keep NAME: 48 hex digits of randomness, made once
keep() {
  [ -s "$secrets/all/$1" ] && return
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n' > "$secrets/all/$1.new"
  mv -f "$secrets/all/$1.new" "$secrets/all/$1"
}

# give NAME SERVICE OWNER: what comes on standard input becomes a file of the service
give() {
  rm -f "$secrets/$2/$1.new" # left by a run that was cut short, it may belong to another user already
  cat > "$secrets/$2/$1.new"
  chmod 0400 "$secrets/$2/$1.new"
  chown "$3" "$secrets/$2/$1.new"
  mv -f "$secrets/$2/$1.new" "$secrets/$2/$1"
}

influxdb=1000:1000
powerkits=1000:1000
grafana=472:0

for name in influxdb-password influxdb-token influxdb-reader-password http-token \
  grafana-admin-password grafana-secret-key; do
  keep "$name"
done
chmod 0700 "$secrets/all"
for folder in influxdb powerkits grafana; do chmod 0755 "$secrets/$folder"; done

for name in influxdb-password influxdb-token influxdb-reader-password; do
  give "$name" influxdb "$influxdb" < "$secrets/all/$name"
done
for name in grafana-admin-password grafana-secret-key; do
  give "$name" grafana "$grafana" < "$secrets/all/$name"
done
give http-token powerkits "$powerkits" < "$secrets/all/http-token"

if [ -n "${INFLUX_TOKEN:-}" ]; then
  printf '%s' "$INFLUX_TOKEN" | give influxdb-token powerkits "$powerkits"
  if [ "${INFLUX_API:-}" = v1 ]; then
    printf 'Basic %s' "$(printf '%s' "$INFLUX_TOKEN" | base64 | tr -d '\n')"
  else
    printf 'Token %s' "$INFLUX_TOKEN"
  fi | give influxdb-authorization grafana "$grafana"
else
  give influxdb-token powerkits "$powerkits" < "$secrets/all/influxdb-token"
  # Grafana reads with a user of its own that may do nothing else: see make-reader.sh
  reader=$(printf 'grafana:%s' "$(cat "$secrets/all/influxdb-reader-password")" | base64 | tr -d '\n')
  printf 'Basic %s' "$reader" | give influxdb-authorization grafana "$grafana"
fi
