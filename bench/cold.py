"""A whole process of each engine: read the rules from disk, read answers, evaluate, print.

`python cold.py hegui` finds the compiled rules where KB_CACHE says; `python cold.py zen RULES`.
Both read the answers from stdin-like JSON in a file, so that neither pays for YAML.
"""

import json
import sys


def hegui(answers_file: str) -> None:
    from datetime import date

    from kb.engine.evaluate import all_outcomes
    from kb.engine.profile import read_profile
    from kb.engine.ruleset import RuleSet
    from kb.engine.situation import Situation
    from kb.store.bundle import load_part
    from kb.store.yaml import Document

    rules = RuleSet(load_part("workload", "check", build=dict))
    with open(answers_file, encoding="utf-8") as file:
        answers = json.load(file)
    as_of = date.fromisoformat(answers.pop("as_of"))
    for fact, said in answers.items():
        if rules.facts[fact]["type"] == "date":
            answers[fact] = date.fromisoformat(said)
    profile = read_profile(Document({"kind": "profile", "company": answers}, answers_file, ()), rules)
    situation = Situation(rules, profile)
    periods = [rules.period(each, as_of) for each in rules.rules.values()]
    roots = [period["applicability"] for period in periods if period]
    print(all_outcomes(situation, roots, situation.company))


def zen(answers_file: str, expression_file: str) -> None:
    import zen

    with open(expression_file, encoding="utf-8") as file:
        rules = zen.compile_expression(file.read())
    with open(answers_file, encoding="utf-8") as file:
        print(rules.evaluate(json.load(file)))


if __name__ == "__main__":
    {"hegui": hegui, "zen": zen}[sys.argv[1]](*sys.argv[2:])
