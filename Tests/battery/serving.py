"""What the scripts of the battery share: a database with a small city, the program serving it, writers who save marks
over HTTP and remember what was acknowledged."""
import http.client
import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import threading
import time

root = pathlib.Path(__file__).resolve().parents[2]


class Database:
    """A city of a few groups on one engine; the remarks of open self-evaluations are what writers write."""

    def __init__(self, junheng, folder, server=None):
        self.junheng, self.folder = str(junheng), pathlib.Path(folder)
        self.name, self.places = None, []
        if server:
            self.name = f"battery_{os.getpid()}_{time.time_ns()}"
            self.server = server
            psql(server, f"CREATE DATABASE {self.name}")
            self.address = server.rsplit("/", 1)[0] + "/" + self.name
        else:
            self.address = f"sqlite:{self.folder}/junheng.db"

    @property
    def engine(self):
        return "postgres" if self.name else "sqlite"

    def run(self, *words, check=True):
        result = subprocess.run(
            [self.junheng, *words], capture_output=True, text=True,
            env={**os.environ, "JUNHENG_DATABASE": self.address, "JUNHENG_POLICIES": str(root / "policies")})
        if check and result.returncode != 0:
            raise SystemExit(f"junheng {' '.join(words)}: {result.returncode}\n{result.stdout}{result.stderr}")
        return result

    def fill(self, groups=4, years=0):
        self.run(
            "database", "fill", "--groups", str(groups), "--years", str(years), "--no-passwords", "--evidence",
            str(self.folder / "evidence"), "--accounts", str(self.folder))
        # What is open and not overdue, each with a token of who fills it in: self-evaluations of the lead schools (those
        # whose days were extended), and the first evaluations, whose turn it is. By item, places nobody has written to.
        rows = self.query(
            "SELECT a.login, s.authority, s.id FROM sheet s JOIN cycle c ON c.id = s.cycle AND c.confirmed_at IS NULL "
            "JOIN stage t ON t.cycle = s.cycle AND t.stage = s.stage AND t.kind = 'self' "
            "JOIN participant_school m ON m.cycle = s.cycle AND m.grp = s.grp AND m.role = 'lead' "
            "JOIN appointment p ON p.school = m.school AND p.role = 'lead' JOIN account a ON a.id = p.account "
            "WHERE s.submission IS NULL AND EXISTS (SELECT 1 FROM extension e "
            "WHERE e.cycle = s.cycle AND e.stage = s.stage AND e.grp = s.grp) ORDER BY s.id")
        rows += self.query(
            "SELECT a.login, s.authority, s.id FROM sheet s JOIN cycle c ON c.id = s.cycle AND c.confirmed_at IS NULL "
            "JOIN stage t ON t.cycle = s.cycle AND t.stage = s.stage AND t.kind = 'evaluation' "
            "AND t.acts = 'leadAuthority' "
            "JOIN participant_school m ON m.cycle = s.cycle AND m.grp = s.grp AND m.role = 'lead' "
            "JOIN school k ON k.id = m.school "
            "JOIN appointment p ON p.authority = k.authority AND p.role = 'office' JOIN account a ON a.id = p.account "
            "WHERE s.submission IS NULL AND EXISTS (SELECT 1 FROM sheet o "
            "JOIN stage n ON n.cycle = o.cycle AND n.stage = o.stage AND n.kind = 'self' "
            "WHERE o.cycle = s.cycle AND o.grp = s.grp AND o.submission IS NOT NULL) ORDER BY s.id")
        written = set(self.query("SELECT sheet, item FROM mark WHERE field = 'remark'"))
        items = [r[0] for r in self.query("SELECT DISTINCT item FROM line ORDER BY item")]
        for login, authority, sheet in rows:
            token = self.run("token", "--account", login, "--scope", "sheets:read,marks:write").stdout.strip()
            self.places += [
                {"path": f"/api/v1/sheets/{authority}/{sheet}/marks", "sheet": sheet, "item": item, "token": token}
                for item in items if (sheet, item) not in written]

    def query(self, sql):
        if self.engine == "postgres":
            lines = psql(self.address, sql).splitlines()
            return [tuple(line.split("\x1f")) for line in lines]
        connection = sqlite3.connect(f"{self.folder}/junheng.db", timeout=30)
        try:
            return [tuple("" if v is None else str(v) for v in row) for row in connection.execute(sql)]
        finally:
            connection.close()

    def change(self, sql):
        if self.engine == "postgres":
            psql(self.address, sql)
            return
        connection = sqlite3.connect(f"{self.folder}/junheng.db", timeout=30)
        try:
            connection.execute(sql)
            connection.commit()
        finally:
            connection.close()

    def drop(self):
        if self.name:
            psql(self.server, f"DROP DATABASE {self.name} WITH (FORCE)")

    def kept(self):
        """The remarks as they stand, by sheet and item, and every remark that was ever saved, as the audit chain has it."""
        now = {
            (sheet, item): (json.loads(value), int(version))
            for sheet, item, value, version in self.query(
                "SELECT sheet, item, value, version FROM mark WHERE field = 'remark' AND value LIKE '\"battery%'")}
        saved = [
            json.loads(after.split("=", 1)[1])
            for (after,) in self.query(
                "SELECT after_value FROM audit WHERE action = 'mark.saved' AND after_value LIKE 'remark=\"battery%'")]
        return now, saved

    def verify(self):
        return self.run("audit", "verify", check=False)


def psql(address, sql):
    result = subprocess.run(
        ["psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", sql],
        capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(result.stderr)
    return result.stdout


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """The program serving a database; started, killed and started again on one port."""

    def __init__(self, database, log, level="warning"):
        self.database, self.port, self.log, self.process = database, free_port(), log, None
        self.level = level

    def start(self):
        self.process = subprocess.Popen(
            [self.database.junheng, "serve", "--port", str(self.port), "--evidence",
             str(self.database.folder / "evidence"), "--log", self.level],
            stdout=subprocess.DEVNULL, stderr=open(self.log, "ab"),
            env={**os.environ, "JUNHENG_DATABASE": self.database.address,
                 "JUNHENG_POLICIES": str(root / "policies")})
        for _ in range(600):
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended with {self.process.returncode}: {open(self.log).read()[-2000:]}")
            try:
                if request(self.port, "GET", "/healthz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit("the server doesn't answer")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            return self.process.wait(timeout=40)
        return None


def request(port, method, path, body=None, token=None, connection=None):
    own = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json"} if body else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    own.request(method, path, body=json.dumps(body) if body else None, headers=headers)
    answer = own.getresponse()
    text = answer.read()
    if not connection:
        own.close()
    return answer.status, text


class Writer(threading.Thread):
    """Saves one remark after the other. What a break leaves unanswered is sent again as it was, with the version it
    saw: a save that was kept is then found as it is, and not made twice."""

    def __init__(self, port, place, refused=(), pause=0):
        super().__init__(daemon=True)
        # Seconds between an answer and the next save.
        self.pause = pause
        self.port, self.place = port, place
        self.name = f"{place['sheet']} {place['item']}"
        self.acknowledged, self.wrong, self.refused = [], [], 0
        # Statuses that mean: not now.
        self.patient = set(refused)
        self.version, self.number, self.halted = 0, 0, threading.Event()
        self.last_error = ""

    def run(self):
        while not self.halted.is_set():
            self.number += 1
            self.save(f"battery {self.place['sheet']} {self.place['item']} {self.number}")
            if self.pause:
                self.halted.wait(self.pause)

    def save(self, value):
        connection = None
        body = {"marks": [
            {"item": self.place["item"], "field": "remark", "value": value, "version": self.version}]}
        # One that was begun is carried through, also after the halt.
        while True:
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                status, text = request(
                    self.port, "PUT", self.place["path"], body, self.place["token"], connection)
            except (OSError, http.client.HTTPException):
                connection = None
                time.sleep(0.02)
                continue
            if status in self.patient:
                self.refused += 1
                self.last_error = text.decode("utf-8", "replace")
                if self.halted.is_set():
                    return
                time.sleep(0.05)
                continue
            break
        mark = json.loads(text)["marks"][0] if status in (200, 409) else {}
        if status != 200 or mark.get("state") not in ("saved", "same"):
            self.wrong.append(f"{status} {text[:300]!r}")
            self.halted.set()
            return
        self.version = mark["version"]
        self.acknowledged.append(value)


def judge(database, writers):
    """What was acknowledged and is missing, what is there twice, what else is wrong."""
    now, saved = database.kept()
    counts = {}
    for value in saved:
        counts[value] = counts.get(value, 0) + 1
    missing = [v for w in writers for v in w.acknowledged if v not in counts]
    doubled = [v for v, n in counts.items() if n > 1]
    wrong = [x for w in writers for x in w.wrong]
    for writer in writers:
        place = (writer.place["sheet"], writer.place["item"])
        if writer.acknowledged and now.get(place, ("", 0))[1] < len(writer.acknowledged):
            wrong.append(f"{place}: version {now.get(place)} after {len(writer.acknowledged)} saves")
    return missing, doubled, wrong
