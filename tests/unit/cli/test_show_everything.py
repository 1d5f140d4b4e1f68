"""Every shipped object and provision has a card, in both languages."""

from __future__ import annotations

import pytest

from kb.cli.app import main
from kb.rules import open_rules
from kb.store.files import data_folder


@pytest.mark.parametrize("kind", sorted(set(open_rules(data_folder("rules")).library) - {"users"}))
def test_every_object_can_be_shown(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    for id_ in open_rules(data_folder("rules")).library[kind]:
        assert main(["show", f"{kind}:{id_}", "--lang", "both"]) == 0
        assert id_ in capsys.readouterr().out
