#!/bin/sh
# check.sh NEWSINDEX RANK_RUN COLLECTION EXPECTED: indexes a judged collection, runs its topics with
# and without --expand, and compares the measures with EXPECTED within 0.0005. A change that moves
# them is to be explained in docs/ranking.md. Exit 77: the collection is not there.
set -eu
newsindex=$1 run=$2 collection=$3 expected=$4
if [ ! -f "$collection/docs.jsonl" ]; then
    echo "skipped: no judged collection at $collection"
    exit 77
fi
[ -s "$expected" ] || { echo "$expected is missing or empty"; exit 1; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$newsindex" add --index "$dir/index" "$collection/docs.jsonl" >"$dir/log" 2>&1 || {
    cat "$dir/log"
    exit 1
}
for mode in plain expand; do
    set -- "$dir/index" "$collection/queries.tsv" "$collection/qrels.txt"
    [ "$mode" = plain ] || set -- "$@" expand
    printf '%s ' "$mode"
    "$run" "$@" 2>/dev/null
done >"$dir/got"
awk '
    NR == FNR { want[$1] = $0; next }
    {
        n = split(want[$1], w, " ")
        if (n != NF) { print "expected: " want[$1]; print "got:      " $0; bad = 1; next }
        for (i = 2; i <= NF; i++) {
            d = $i - w[i]
            if (w[i] ~ /^[0-9.]+$/ ? d > 0.0005 || d < -0.0005 : $i != w[i]) {
                print "expected: " want[$1]; print "got:      " $0; bad = 1; break
            }
        }
    }
    END { exit bad }
' "$expected" "$dir/got"
cat "$dir/got"
