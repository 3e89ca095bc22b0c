/// The script that repeats a draw, as docs/draw.md has it.
enum DrawScript {
  static let python = #"""
    import sys, hashlib, fractions
    path, typed, kind, size = sys.argv[1:5]
    seed = "".join(c for c in typed if c in "0123456789")
    text = open(path, encoding="utf-8", newline="").read()
    sha = lambda s: hashlib.sha256(s.encode("utf-8")).hexdigest()
    print(sha(text))
    strata = {}
    for line in text.splitlines(): strata.setdefault(line.split("\t")[1], []).append(line.split("\t")[0])
    for name in sorted(strata):
        ids = sorted(strata[name], key=lambda i: sha(seed + ":" + i))
        take = -(-len(ids) * fractions.Fraction(size) // 100) if kind == "percent" else int(size)
        print(*ids[:int(take)], sep="\n")
    """#
}
