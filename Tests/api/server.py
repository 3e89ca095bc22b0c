"""A real server over a small demonstration city, with tokens; both gone afterwards whatever happens."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request

SCOPES = (
    "cycles:read,sheets:read,sheets:submit,marks:write,evidence:read,evidence:write,results:read,policies:read"
)


class Served:
    """Where the server is, and who may speak to it."""

    def __init__(self, junheng, database, folder, process, url):
        self.junheng, self.database, self.folder, self.process, self.url = junheng, database, folder, process, url

    def token(self, login, scopes=SCOPES):
        made = subprocess.run(
            [self.junheng, "token", "--database", self.database, "--account", login, "--scope", scopes],
            check=True, capture_output=True, text=True)
        return made.stdout.strip()

    def call(self, token, path, method="GET", body=None, headers=None):
        """Status, headers and body; JSON is read."""
        request = urllib.request.Request(self.url + path, method=method, data=body, headers=headers or {})
        if token:
            request.add_header("Authorization", "Bearer " + token)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, read(answer)
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, read(answer)


def read(answer):
    content = answer.read()
    return json.loads(content) if "json" in (answer.headers.get("Content-Type") or "") else content


@contextlib.contextmanager
def served(junheng, *, database=None, groups=6, years=1, log="warning"):
    """Fills a database (one of SQLite in a folder of its own, unless an address is given) and serves it."""
    folder = tempfile.mkdtemp(prefix="junheng-api-")
    process = None
    try:
        database = database or f"sqlite:{folder}/city.db"
        evidence = ["--evidence", f"{folder}/evidence"]
        filled = subprocess.run(
            [junheng, "database", "fill", "--database", database, "--groups", str(groups), "--years", str(years),
             "--accounts", folder, *evidence], capture_output=True, text=True)
        if filled.returncode:
            raise SystemExit(filled.stderr)
        with open(f"{folder}/serve.log", "w", encoding="utf-8") as lines:
            process = subprocess.Popen(
                [junheng, "serve", "--database", database, "--port", "0", "--log", log, *evidence],
                stdout=subprocess.PIPE, stderr=lines, text=True, env={**os.environ, "JUNHENG_LANGUAGE": "en"})
        said = process.stdout.readline()
        url = next((word.rstrip("/.,") for word in said.split() if word.startswith("http://")), None)
        if url is None:
            raise SystemExit("the server didn't start:\n" + open(f"{folder}/serve.log", encoding="utf-8").read())
        yield Served(junheng, database, folder, process, url)
    finally:
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(folder, ignore_errors=True)
