#!/bin/sh
# Run by InfluxDB's image once, after its first set-up: makes the bucket of history, which is kept for ever, and the user
# with which Grafana reads both buckets and can do nothing else.
set -eu
history=$(influx bucket create --name "$INFLUX_HISTORY_BUCKET" --retention 0 --hide-headers | cut -f 1)
: "${history:?the bucket of history could not be made}"
influx v1 auth create --username grafana --password "$(cat /run/secrets/influxdb-reader-password)" \
  --read-bucket "$DOCKER_INFLUXDB_INIT_BUCKET_ID" --read-bucket "$history" --hide-headers > /dev/null
