"""Reads every workbook of a folder in a process of its own and reports answers, time and memory.

Usage: measure.py PROBE FOLDER. Fails when an answer is wrong, or takes more than 2 s or 256 MB.
"""
import os
import subprocess
import sys

probe, folder = sys.argv[1:3]
measured, wrong = [], []
for name in sorted(os.listdir(folder)):
    run = subprocess.run([probe, os.path.join(folder, name)], capture_output=True, text=True, timeout=60)
    if run.returncode != 0:
        wrong.append((name, f"ended with {run.returncode}"))
        continue
    _, time, memory, answer = run.stdout.rstrip("\n").split("\t", 3)
    milliseconds, megabytes = float(time.split()[0]), int(memory.split()[0])
    measured.append((milliseconds, megabytes, name, answer))
    wanted = name.split("__")[0]
    if wanted not in ("any", answer.split()[0]) or milliseconds > 2000 or megabytes > 256:
        wrong.append((name, f"{milliseconds:.0f} ms, {megabytes} MB, {answer}"))
print(f"{len(measured)} workbooks, {len(wrong)} answered wrongly, too slowly or with too much memory")
for name, reason in wrong:
    print(f"  {name}: {reason}")
for milliseconds, megabytes, name, _ in sorted(measured, reverse=True)[:8]:
    print(f"{milliseconds:8.0f} ms {megabytes:4} MB  {name}")
print(f"most memory {max(megabytes for _, megabytes, _, _ in measured)} MB")
sys.exit(1 if wrong else 0)
