#!/usr/bin/env python3
"""Kills the server in a burst of saves, again and again: nothing acknowledged may be missing, nothing be there twice."""
import argparse
import pathlib
import random
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from serving import Database, Server, Writer, judge

words = argparse.ArgumentParser()
words.add_argument("--junheng", required=True)
words.add_argument("--rounds", type=int, default=20)
words.add_argument("--writers", type=int, default=16)
words.add_argument("--postgres", help="a server's address; SQLite where it is left out")
words.add_argument("--seed", type=int, default=1)
words = words.parse_args()
chance = random.Random(words.seed)

with tempfile.TemporaryDirectory() as folder:
    database = Database(words.junheng, folder, words.postgres)
    try:
        database.fill(groups=4 if words.writers <= 38 else 30)
        server = Server(database, f"{folder}/serve.log")
        server.start()
        writers = [Writer(server.port, place) for place in database.places[: words.writers]]
        for writer in writers:
            writer.start()
        started = time.monotonic()
        for number in range(words.rounds):
            # In the middle of a burst: once each has been answered again.
            burst = [len(w.acknowledged) for w in writers]
            end = time.monotonic() + 20
            while any(len(w.acknowledged) == n for w, n in zip(writers, burst)) and time.monotonic() < end:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.5))
            server.kill()
            time.sleep(chance.uniform(0, 0.2))
            server.start()
        time.sleep(0.3)
        for writer in writers:
            writer.halted.set()
        for writer in writers:
            writer.join(timeout=60)
        took = time.monotonic() - started
        code = server.stop()
        missing, doubled, wrong = judge(database, writers)
        chain = database.verify()
        total = sum(len(w.acknowledged) for w in writers)
        print(
            f"{database.engine}: killed {words.rounds} times in {took:.0f} s, {len(writers)} writers, "
            f"{total} saves acknowledged: {len(missing)} missing, {len(doubled)} doubled, {len(wrong)} wrong; "
            f"audit chain {'whole' if chain.returncode == 0 else 'BROKEN'}; stopped with {code}")
        for what in (missing[:5], doubled[:5], wrong[:5]):
            if what:
                print("  ", what)
        if missing or doubled or wrong or chain.returncode != 0 or code != 0 or total < words.rounds * len(writers):
            sys.exit(1)
    finally:
        database.drop()
