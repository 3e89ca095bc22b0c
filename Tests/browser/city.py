"""A filled city and the server in front of it: filled once, copied for every test file, stopped whatever happens."""

import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JUNHENG = Path(os.environ.get("JUNHENG", ROOT / ".build/debug/junheng"))


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Source:
    """A filled database of one engine, from which each test file gets its own copy."""

    def __init__(self, engine: str):
        self.engine = engine
        self.folder = Path(tempfile.mkdtemp(prefix="junheng-browser-"))
        self.copies = 0
        self.databases = []
        self.server = os.environ.get("JUNHENG_TEST_POSTGRES", "")
        address = f"sqlite:{self.folder}/filled/junheng.db"
        # A folder filled before, for whoever writes tests and wants to see them run at once.
        before = os.environ.get("BROWSER_FILLED")
        if before and engine == "sqlite":
            shutil.copytree(before, self.folder / "filled")
            return self._meet()
        (self.folder / "filled").mkdir()
        if engine == "postgres":
            address = self._create("filled")
        self._run("database", "fill", "--database", address, "--policy", "ankang-2022", "--groups", "4", "--years",
                  "1", "--evidence", f"{self.folder}/filled/evidence", "--accounts", f"{self.folder}/filled")
        self._meet()

    def _meet(self):
        people = json.loads((self.folder / "filled/accounts.json").read_text())
        self.passwords = {person["login"]: person["password"] for person in people}
        self.names = {person["login"]: person["name"] for person in people}

    def _run(self, *arguments):
        done = subprocess.run([JUNHENG, *arguments], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def _sql(self, sentence: str):
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", self.server, "-c", sentence], check=True)

    def _create(self, word: str, template: str = "") -> str:
        name = f"junheng_browser_{os.getpid()}_{word}"
        self._sql(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        self.databases.append(name)
        return self.server.rsplit("/", 1)[0] + "/" + name

    def copy(self) -> "City":
        self.copies += 1
        folder = self.folder / str(self.copies)
        shutil.copytree(self.folder / "filled", folder)
        address = f"sqlite:{folder}/junheng.db"
        if self.engine == "postgres":
            address = self._create(str(self.copies), template=self.databases[0])
        return City(self, folder, address)

    def remove(self):
        for name in self.databases:
            self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        shutil.rmtree(self.folder, ignore_errors=True)


class City:
    """A running server on its own copy."""

    def __init__(self, source: Source, folder: Path, address: str):
        self.source, self.folder, self.address = source, folder, address
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.base = f"http://{self.host}"
        self.process = None

    def __enter__(self):
        self.log = open(self.folder / "serve.log", "wb")
        self.process = subprocess.Popen(
            [JUNHENG, "serve", "--database", self.address, "--port", str(self.port), "--evidence",
             str(self.folder / "evidence")], cwd=ROOT, stdout=self.log, stderr=self.log)
        until = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < until, self.said()
            time.sleep(0.05)
        return self

    def _answers(self) -> bool:
        try:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            line.request("GET", "/healthz")
            return line.getresponse().status == 200
        except OSError:
            return False

    def tool(self, *arguments, check=True):
        """A command on this database."""
        done = subprocess.run(
            [JUNHENG, *arguments, "--database", self.address], cwd=ROOT, capture_output=True, text=True)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def days_pass(self, days: int):
        """The server's clock is the real one: what was announced last is moved back instead. The log tells of it
        until the year is confirmed anew."""
        sentence = (
            f"UPDATE cycle SET confirmed_at = confirmed_at - {days * 86_400_000} WHERE confirmed_at IS NOT NULL "
            "AND year = (SELECT max(year) FROM cycle WHERE confirmed_at IS NOT NULL)")
        if self.source.engine == "postgres":
            subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", self.address, "-c", sentence], check=True)
            return
        line = sqlite3.connect(self.folder / "junheng.db", timeout=20)
        with line:
            line.execute(sentence)
        line.close()

    def said(self) -> str:
        return (self.folder / "serve.log").read_text(errors="replace")[-4000:]

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
