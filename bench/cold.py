"""A whole process of each engine: read the rules from disk, read answers, evaluate, print.

`cold.py hegui ANSWERS` finds the compiled rules where KB_CACHE says, `cold.py zen ANSWERS RULES` is
told. Answers are JSON for both, so that neither pays for reading YAML.
"""

import json
import sys
from pathlib import Path


def hegui(answers_file: str) -> None:
    from datetime import date

    from kb.engine.answering.profile import read_profile
    from kb.engine.answering.situation import Situation
    from kb.engine.checking.evaluate import all_outcomes
    from kb.engine.ruleset import RuleSet
    from kb.store.bundle import load_part
    from kb.store.yaml import Document

    rules = RuleSet(load_part("workload", "check", dict, lambda: True))
    answers = json.loads(Path(answers_file).read_text(encoding="utf-8"))
    as_of = date.fromisoformat(answers.pop("as_of"))
    for fact, said in answers.items():
        if rules.facts[fact]["type"] == "date":
            answers[fact] = date.fromisoformat(said)
    profile = read_profile(Document({"kind": "profile", "company": answers}, answers_file, ()), rules)
    situation = Situation(rules, profile, as_of)
    periods = [rules.period(each, as_of) for each in rules.rules.values()]
    roots = [period["applicability"] for period in periods if period]
    print(all_outcomes(situation, roots, situation.company))


def zen(answers_file: str, rules_file: str) -> None:
    import zen

    rules = zen.compile_expression(Path(rules_file).read_text(encoding="utf-8"))
    print(rules.evaluate(json.loads(Path(answers_file).read_text(encoding="utf-8"))))


if __name__ == "__main__":
    engine = hegui if sys.argv[1] == "hegui" else zen
    engine(*sys.argv[2:])
