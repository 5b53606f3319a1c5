#!/bin/sh
# The build inside the container: the site below the folder $1, in the folder of its address, each text also
# packed; and the settings of nginx as the file $2.
set -eu
SITE_URL="${SITE_URL:-}"
case "$SITE_URL" in
  "") folder="" ;;
  http://*/ | https://*/) folder="${SITE_URL#*://}" folder="${folder#*/}" ;;
  *) echo "SITE_URL: expected an address with its final slash, such as https://example.org/docs/, got $SITE_URL" >&2; exit 1 ;;
esac
site="$1/$folder"
python -m macros build --site "${site%/}"
python -m macros headers --server --site "${site%/}" --files "$1" > "$2"
find "$1" -type f \( -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.json' -o -name '*.svg' \
  -o -name '*.txt' -o -name '*.md' -o -name '*.csv' -o -name '*.xml' -o -name '*.atom' -o -name '*.webmanifest' \) \
  -size +1k -exec gzip -9 -n -k -f {} +
