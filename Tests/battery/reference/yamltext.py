"""YAML 1.2 files as plain values: only `true` and `false` are booleans, numbers are exact."""
from fractions import Fraction
import os
import re

import yaml

from exact import DECIMAL, NotRunnable, PolicyError


def load(path):
    try:
        with open(path, encoding="utf-8") as file:
            node = yaml.compose(file.read(), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyError(f"{path}: {error}") from error
    return value_of(node, path) if node is not None else {}


def value_of(node, path):
    if isinstance(node, yaml.ScalarNode):
        return scalar(node.value) if not node.style else node.value
    if isinstance(node, yaml.SequenceNode):
        return [value_of(each, path) for each in node.value]
    result = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise PolicyError(f"{path}:{key.start_mark.line + 1}: a key must be text")
        if key.value in result:
            raise PolicyError(f"{path}:{key.start_mark.line + 1}: {key.value} is given twice")
        result[key.value] = value_of(value, path)
    return result


def scalar(text):
    """The YAML 1.2 core schema, with the booleans of the contract."""
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if re.fullmatch(r"0o[0-7]+", text):
        return Fraction(int(text[2:], 8))
    if re.fullmatch(r"0x[0-9a-fA-F]+", text):
        return Fraction(int(text[2:], 16))
    return Fraction(text) if DECIMAL.match(text) else text


def load_policy(path):
    """The policy file with what it includes, merged by top-level key."""
    if os.path.isdir(path):
        path = os.path.join(path, "policy.yaml")
    result = load(path)
    for name in result.pop("include", None) or []:
        for key, value in load(os.path.join(os.path.dirname(path), name)).items():
            if key in result:
                raise PolicyError(f"{name}: {key} is given twice")
            result[key] = value
    return result


def decide(document):
    """The document with every `{decision: id}` replaced by the value chosen."""
    chosen, undecided = {}, []
    for decision in document.get("decisions") or []:
        chosen[decision["id"]] = decision.get("chosen")
        if decision.get("chosen") is None:
            undecided.append(decision["id"])
    if undecided:
        raise NotRunnable("undecided: " + ", ".join(undecided))

    def replaced(value):
        if isinstance(value, list):
            return [replaced(each) for each in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"decision"}:
            if value["decision"] not in chosen:
                raise PolicyError(f"no decision {value['decision']!r}")
            return chosen[value["decision"]]
        return {key: replaced(each) for key, each in value.items()}

    return {key: value if key == "decisions" else replaced(value) for key, value in document.items()}
