"""What a result hangs on is grammatical in Chinese whatever the statement of a fact begins with."""

from __future__ import annotations

from datetime import date

from kb.engine.wording.words import Words
from kb.render.report.routes import in_question
from kb.rules import open_rules
from kb.store.files import data_folder


def test_no_statement_of_the_rules_has_the_question_before_its_subject() -> None:
    rules = open_rules(data_folder("rules")).check
    words = Words(rules, date(2026, 11, 22), "zh")
    statements = [id_ for id_, fact in rules.facts.items() if fact["type"] == "boolean"]
    assert len(statements) > 500
    for id_ in statements:
        told = in_question(words, id_)
        assert told == f"“{rules.facts[id_]['label']['zh']}”是否成立"


def test_what_is_no_statement_is_named_as_it_is() -> None:
    rules = open_rules(data_folder("rules")).check
    told = in_question(Words(rules, date(2026, 11, 22), "zh"), "persons-handled")
    assert told == rules.facts["persons-handled"]["label"]["zh"]
