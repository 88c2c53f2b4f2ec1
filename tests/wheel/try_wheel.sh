#!/usr/bin/env bash
# Installs the built wheel into an environment of its own, far from the clone, and lets it do the main job there.
set -euo pipefail
wheel=$(ls "$PWD"/dist/*.whl)
lock="$PWD/requirements/runtime.txt"
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
cd "$away"
python3 -m venv env
env/bin/python -m pip install --quiet --require-hashes --no-deps -r "$lock"
env/bin/python -m pip install --quiet --no-deps "$wheel"
env/bin/swotlight demo shop --tickets 1000
env/bin/swotlight --workspace shop refresh
env/bin/swotlight --workspace shop status --json | env/bin/python -c 'import json, sys; print("released:", json.load(sys.stdin)["release"])'
env/bin/swotlight --workspace shop metric service_level csat --json | env/bin/python -c 'import json, sys; [print(row["metric"], row["value"], row["n"]) for row in json.load(sys.stdin)]'
env/bin/python - <<'PY'
import threading, urllib.request, subprocess, time, sys
server = subprocess.Popen(["env/bin/swotlight", "--workspace", "shop", "serve", "--port", "8059"])
try:
    for _ in range(120):
        try:
            page = urllib.request.urlopen("http://127.0.0.1:8059/", timeout=5).read().decode()
            break
        except OSError:
            time.sleep(0.5)
    else:
        sys.exit("the installed dashboards did not answer")
    assert "Swotlight" in page, page[:500]
    for asset in [part.split('"')[0] for part in page.split('href="')[1:] if ".css" in part.split('"')[0]]:
        assert urllib.request.urlopen("http://127.0.0.1:8059" + asset, timeout=5).status == 200, asset
    print("dashboards answer from the installed wheel")
finally:
    server.terminate()
    server.wait(20)
PY
