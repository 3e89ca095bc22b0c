#!/usr/bin/env python3
"""Runs every example of docs/api.md, from top to bottom, against a real server.

    docs.py --junheng .build/debug/junheng
"""

import argparse
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import served  # noqa: E402

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "api.md")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--junheng", required=True)
    arguments = parser.parse_args()
    blocks = re.findall(r"^```sh\n(.*?)^```$", open(PAGE, encoding="utf-8").read(), re.M | re.S)
    if len(blocks) < 8:
        raise SystemExit("docs/api.md has lost its examples")
    with served(os.path.abspath(arguments.junheng)) as server:
        script = "set -euo pipefail\n" + "\n".join(f"echo '— example {n + 1}'\n{block}" for n, block in enumerate(blocks))
        environment = {**os.environ, "server": server.url, "token": server.token("lead")}
        done = subprocess.run(["bash", "-c", script], cwd=server.folder, env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    if done.returncode:
        print(done.stdout[-4000:])
        print("docs/api.md: an example failed")
    else:
        print(f"docs/api.md: {len(blocks)} examples run")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
