#!/usr/bin/env python3
"""How long pages take at 100 requests a second, at the size of a city and of a province, on both engines.

    pages.py [--size city|province] [--engine sqlite|postgres] [--seconds 30] [--rate 100] [--out FILE]

People of every role look at sheets, dashboards, lists; beside them marks are saved and, every few seconds, something
is changed that dashboards must show. Requests come at moments planned beforehand, and their times count from there.
"""

import argparse
import gzip
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "Tests" / "battery")]
from serving import Database, Server, Writer  # noqa: E402
from visitors import Visits  # noqa: E402

# Groups (61 have 200 schools), past years; milliseconds of the median and of the 99th percentile that are to be reached.
SIZES = {"city": (61, 5, 20, 100), "province": (5000, 1, 100, 300)}
LARGEST = 100_000
CONSTANT = "constant page"


def open_writers(database, port, most):
    """Who saves remarks on sheets that are open, each with a token of its own."""
    rows = database.query(
        "SELECT a.login, s.authority, s.id FROM sheet s JOIN cycle c ON c.id = s.cycle AND c.confirmed_at IS NULL "
        "JOIN stage t ON t.cycle = s.cycle AND t.stage = s.stage AND t.kind = 'self' "
        "JOIN participant_school m ON m.cycle = s.cycle AND m.grp = s.grp AND m.role = 'lead' "
        "JOIN appointment p ON p.school = m.school AND p.role = 'lead' JOIN account a ON a.id = p.account "
        "WHERE s.submission IS NULL AND EXISTS (SELECT 1 FROM extension e WHERE e.cycle = s.cycle "
        "AND e.stage = s.stage AND e.grp = s.grp) ORDER BY s.id LIMIT 4")
    items = [row[0] for row in database.query("SELECT DISTINCT item FROM line ORDER BY item")]
    writers = []
    for login, authority, sheet in rows:
        token = database.run("token", "--account", login, "--scope", "sheets:read,marks:write").stdout.strip()
        writers += [
            Writer(port, {
                "path": f"/api/v1/sheets/{authority}/{sheet}/marks", "sheet": sheet, "item": item, "token": token},
                pause=0.2)
            for item in items]
    return writers[::max(1, len(writers) // most)][:most]


class Changer(threading.Thread):
    """Every few seconds the office extends a group's deadline or lays a veto: dashboards have to show it then."""

    def __init__(self, visits, port, pause):
        super().__init__(daemon=True)
        self.visits, self.port, self.pause, self.halted, self.done = visits, port, pause, threading.Event(), 0
        query = visits.database.query
        self.places = query(
            "SELECT DISTINCT s.stage, s.grp FROM sheet s JOIN stage t ON t.cycle = s.cycle AND t.stage = s.stage "
            f"WHERE s.cycle = {visits.cycle} AND s.submission IS NULL AND t.kind = 'evaluation' AND t.due IS NOT NULL "
            "ORDER BY s.grp")
        self.veto = query("SELECT min(veto) FROM veto")[0][0]
        self.groups = query(
            f"SELECT grp FROM participant p WHERE p.cycle = {visits.cycle} AND NOT EXISTS "
            "(SELECT 1 FROM veto v WHERE v.cycle = p.cycle AND v.grp = p.grp) ORDER BY grp DESC")

    def run(self):
        while not self.halted.wait(self.pause):
            self.change(self.done)
            self.done += 1

    def change(self, number):
        half = number // 2
        if number % 2:
            self.post("vetoes", {"veto": self.veto, "group": self.groups[half % len(self.groups)][0]})
        else:
            stage, group = self.places[half % len(self.places)]
            due = time.strftime("%Y-%m-%d", time.localtime(time.time() + (60 + half) * 86_400))
            self.post("extensions", {"stage": stage, "group": group, "due": due})

    def post(self, what, form):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(
            "POST", f"/cycles/{self.visits.authority}/{self.visits.cycle}/{what}",
            urllib.parse.urlencode({**form, "reason": "bench", "csrf": self.visits.office.csrf}),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.visits.office.cookie})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        if answer.status != 303:
            raise SystemExit(f"changing {what}: {answer.status}\n{text[:2000]}")


def sizes(visits, port):
    """The most bytes of each kind of page, compressed, whether the server does it or only could; and the pages as they
    are. Sheets that their reader may not see yet are left out."""
    most, kept = {}, []
    for name, path, visitor in visits.pages:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        headers = {"Accept-Encoding": "gzip", **({"Cookie": visitor.cookie} if visitor else {})}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status == 404 and name == "sheet":
            continue
        if answer.status != 200:
            raise SystemExit(f"{name} {path}: {answer.status}\n{body[:500].decode('utf-8', 'replace')}")
        compressed = answer.getheader("Content-Encoding") == "gzip"
        plain = len(gzip.decompress(body)) if compressed else len(body)
        wire = len(body) if compressed else len(gzip.compress(body, 6))
        kept.append((name, path, visitor))
        known = most.get(name, (0, 0))
        most[name] = (max(known[0], wire), max(known[1], plain))
    visits.pages = kept
    return most


def server_times(log, visits, start):
    """The server's own milliseconds by kind of page, from its log."""
    names = {(path.split("?")[0], visitor.account if visitor else "-"): name for name, path, visitor in visits.pages}
    times = {}
    with open(log, encoding="utf-8") as lines:
        lines.seek(start)
        for line in lines:
            entry = json.loads(line)
            name = names.get((entry.get("path"), str(entry.get("account"))))
            if entry.get("event") == "request" and entry["method"] == "GET" and name:
                times.setdefault(name, []).append(entry["milliseconds"])
    return {name: sorted(found) for name, found in times.items()}


def filled(size, folder, arguments):
    """A database of this size on SQLite, from which the other engine's is restored."""
    groups, years, _, _ = SIZES[size]
    database = Database(arguments.bin / "junheng", folder)
    if arguments.filled:
        shutil.copytree(arguments.filled / size, folder, dirs_exist_ok=True)
        return database
    database.run(
        "database", "fill", "--groups", str(arguments.groups or groups), "--years", str(years), "--no-passwords",
        "--evidence", f"{folder}/evidence", "--accounts", folder)
    return database


def restored(folder, copy, address, arguments):
    database = Database(arguments.bin / "junheng", folder, address)
    try:
        database.run("restore", "--from", copy, "--evidence", f"{folder}/evidence")
        database.change("ANALYZE")
    except BaseException:
        database.drop()
        raise
    return database


def measure(size, engine, database, arguments):
    years, wanted_median, wanted_p99 = SIZES[size][1:]
    counts = [database.query(f"SELECT count(*) FROM {table}")[0][0] for table in ("school_group", "school", "line")]
    visits = Visits(database)
    log = f"{database.folder}/serve.log"
    server = Server(database, log, level="info")
    server.start()
    try:
        print(
            f"\n{size}, {engine}: {counts[0]} groups, {counts[1]} schools, {years} years and one under way, "
            f"{counts[2]} lines of scores; {arguments.rate:g} requests a second for {arguments.seconds:g} s; "
            f"wanted: median {wanted_median} ms, p99 {wanted_p99} ms", flush=True)
        return report(size, engine, visits, server, log, arguments)
    finally:
        server.stop()


def report(size, engine, visits, server, log, arguments):
    _, _, wanted_median, wanted_p99 = SIZES[size]
    most = sizes(visits, server.port)
    file = pathlib.Path(log).with_name("pages.tsv")
    lines = [(name, path, visitor.cookie if visitor else "") for name, path, visitor in visits.pages]
    lines += [(CONSTANT, "/healthz", "")] * (len(lines) // 10)
    file.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    writers = open_writers(visits.database, server.port, 8)
    changer = Changer(visits, server.port, arguments.change_every)
    for thread in [*writers, changer]:
        thread.start()
    start = os.path.getsize(log)
    done = subprocess.run(
        [arguments.bin / "Load", "--port", str(server.port), "--pages", file, "--rate", str(arguments.rate),
         "--seconds", str(arguments.seconds), "--warming", "3", "--connections", "64"],
        capture_output=True, text=True)
    for thread in [*writers, changer]:
        thread.halted.set()
    for thread in [*writers, changer]:
        thread.join(timeout=30)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    found, own = json.loads(done.stdout), server_times(log, visits, start)
    constant = found[CONSTANT]["medianMilliseconds"]
    print(f"  {'':16}{'requests':>9}{'median':>9}{'p99':>9}{'most':>9}  {'server':>7}{'p99':>6}{'KB gz':>8}{'KB':>7}"
          f"{'×const':>8}")
    result = {}
    for name in sorted(found, key=lambda name: (name == CONSTANT, name)):
        page = found[name]
        times = own.get(name, [0])
        wire, plain = most.get(name, (0, 0))
        good = not page["others"] and (name == CONSTANT or (
            page["medianMilliseconds"] < wanted_median and page["p99Milliseconds"] < wanted_p99 and wire < LARGEST))
        result[name] = {
            **page, "serverMedian": times[len(times) // 2], "serverP99": times[int(len(times) * 0.99)],
            "compressedBytes": wire, "bytes": plain, "reached": good}
        print(
            f"  {name:16}{page['answers']:9}{page['medianMilliseconds']:9.1f}{page['p99Milliseconds']:9.1f}"
            f"{page['mostMilliseconds']:9.1f}  {times[len(times) // 2]:7}{times[int(len(times) * 0.99)]:6}"
            f"{wire / 1000:8.1f}{plain / 1000:7.0f}{page['medianMilliseconds'] / constant:8.1f}"
            f"  {'' if good else 'NOT REACHED'}{' ' + json.dumps(page['others']) if page['others'] else ''}", flush=True)
    saved = sum(len(w.acknowledged) for w in writers)
    print(f"  beside it {saved} marks saved and {changer.done} deadlines extended or vetoes laid")
    return {"size": size, "engine": engine, "pages": result}


def on_postgres(size, folder, arguments):
    script = HERE.parent / "tools" / "postgres.sh"
    home, address = subprocess.run([script, "start"], check=True, capture_output=True, text=True).stdout.split()
    try:
        second = pathlib.Path(folder, "second")
        second.mkdir()
        database = restored(str(second), f"{folder}/copy", address, arguments)
        return measure(size, "postgres", database, arguments)
    finally:
        subprocess.run([script, "stop", home])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, default=HERE.parent / ".build" / "release")
    parser.add_argument("--size", choices=list(SIZES))
    parser.add_argument("--engine", choices=["sqlite", "postgres"])
    parser.add_argument("--groups", type=int, help="instead of the size's own")
    parser.add_argument("--filled", type=pathlib.Path, help="a folder with a folder for each size, filled before")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rate", type=float, default=100)
    parser.add_argument("--change-every", type=float, default=5, help="seconds")
    parser.add_argument("--out", type=pathlib.Path, help="where the figures are written as JSON")
    arguments = parser.parse_args()
    engines = [arguments.engine] if arguments.engine else ["sqlite", "postgres"]
    results = []
    for size in [arguments.size] if arguments.size else list(SIZES):
        with tempfile.TemporaryDirectory(prefix="junheng-pages-") as folder:
            first = pathlib.Path(folder, "first")
            first.mkdir()
            database = filled(size, str(first), arguments)
            if "postgres" in engines:
                database.run("backup", "--evidence", f"{first}/evidence", "--to", f"{folder}/copy")
            if "sqlite" in engines:
                results.append(measure(size, "sqlite", database, arguments))
            if "postgres" in engines:
                results.append(on_postgres(size, folder, arguments))
    if arguments.out:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        arguments.out.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
