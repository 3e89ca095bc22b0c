"""What types the places of names in expressions demand."""
from expressions import PURE


def infer_types(tree, wanted, found):
    """Adds to `found` (name to a set of number, boolean, text) what the places of names demand."""
    kind = tree[0]
    if kind == "name":
        found.setdefault(tree[1], set()).update([wanted] if wanted else [])
    elif kind in ("arith", "minus"):
        for child in tree[1:]:
            if isinstance(child, tuple):
                infer_types(child, "number", found)
    elif kind in ("and", "or", "not"):
        for child in tree[1:]:
            infer_types(child, "boolean", found)
    elif kind in ("compare", "in"):
        sides = list(tree[2:]) if kind == "compare" else [tree[1], *tree[2]]
        ordered = kind == "compare" and tree[1] not in ("==", "!=")
        common = "number" if ordered else next((t for t in map(type_of, sides) if t), None)
        for side in sides:
            infer_types(side, common, found)
    elif kind == "call" and tree[1] == "if":
        infer_types(tree[2][0], "boolean", found)
        for branch in tree[2][1:]:
            infer_types(branch, wanted, found)
    elif kind == "call" and tree[1] in PURE:
        for argument in tree[2]:
            infer_types(argument, "number", found)


def type_of(tree):
    if tree[0] == "value":
        return {bool: "boolean", str: "text"}.get(type(tree[1]), "number")
    if tree[0] in ("arith", "minus"):
        return "number"
    if tree[0] in ("and", "or", "not", "compare", "in"):
        return "boolean"
    if tree[0] == "call" and tree[1] == "if":
        return type_of(tree[2][1]) or type_of(tree[2][2])
    return "number" if tree[0] == "call" and tree[1] in PURE else None
