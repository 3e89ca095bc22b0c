#!/usr/bin/env python3
"""A disk of 64 MB that fills up under the writers' hands: a clear error, nothing acknowledged lost, and writing goes on
when there is room again. Runs in a mount namespace of its own; where that isn't allowed, it says so and is left out."""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from serving import Database, Server, Writer, judge, request

words = argparse.ArgumentParser()
words.add_argument("--junheng", required=True)
words.add_argument("--rounds", type=int, default=3)
words.add_argument("--inside", help="for its own use: the folder to lay the small disk over")
words = words.parse_args()

if not words.inside:
    with tempfile.TemporaryDirectory() as folder:
        if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
            print("full disk: left out, a small disk can't be mounted here (needs root)")
            sys.exit(0)
        sys.exit(subprocess.run(["unshare", "-m", sys.executable, *sys.argv, "--inside", folder]).returncode)

folder = pathlib.Path(words.inside)
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)], check=True)
ballast = folder / "ballast"


def wait(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"full disk: {what}")
        time.sleep(0.05)


def fill():
    """Leaves no room at all."""
    with open(ballast, "ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass


database = Database(words.junheng, folder)
database.fill()
server = Server(database, "/dev/null")
server.start()
writers = [Writer(server.port, place, refused=[503]) for place in database.places[:8]]
for writer in writers:
    writer.start()
wait(lambda: all(w.acknowledged for w in writers), "nothing can be saved at the start")
for number in range(words.rounds):
    before = sum(w.refused for w in writers)
    fill()
    wait(lambda: sum(w.refused for w in writers) > before + 8, "a full disk is not said")
    health = request(server.port, "GET", "/healthz")[0]
    if health != 200:
        sys.exit(f"full disk: reading fails too ({health})")
    saved = [len(w.acknowledged) for w in writers]
    os.unlink(ballast)
    wait(
        lambda: all(len(w.acknowledged) > n for w, n in zip(writers, saved)),
        "saving doesn't go on when there is room again")
for writer in writers:
    writer.halted.set()
for writer in writers:
    writer.join(timeout=30)
code = server.stop()
missing, doubled, wrong = judge(database, writers)
chain = database.verify()
print(
    f"full disk: filled {words.rounds} times, {sum(len(w.acknowledged) for w in writers)} saves acknowledged, "
    f"{sum(w.refused for w in writers)} refused: {len(missing)} missing, {len(doubled)} doubled, {len(wrong)} wrong; "
    f"audit chain {'whole' if chain.returncode == 0 else 'BROKEN'}; stopped with {code}")
for what in (missing[:5], doubled[:5], wrong[:5]):
    if what:
        print("  ", what)
said = next(w.last_error for w in writers if w.last_error)
print(f"  what was said: {said[:300]}")
if missing or doubled or wrong or chain.returncode != 0 or code != 0:
    sys.exit(1)
