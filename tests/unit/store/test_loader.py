"""Loading a folder of rules: all of it, or everything that is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.diagnostics import Diagnostic, KbError
from kb.store.files import data_folder
from kb.store.loader import inspect, load

TOPIC = "kind: topic\nid: {}\ntitle: {{en: T, zh: 题}}\nsummary: {{en: S, zh: 要}}\n"


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    return [str(each) for each in sorted(inspect(folder)[1])]


def test_a_file_holds_one_object_or_a_list_of_them(tmp_path: Path) -> None:
    many = "".join("- " + TOPIC.format(name).replace("\n", "\n  ").rstrip() + "\n" for name in ("b", "c"))
    base = load(write(tmp_path, one=TOPIC.format("a"), deep__er__many=many))
    assert list(base.topics) == ["a", "b", "c"]


def test_a_place_is_that_of_the_file_below_the_folder_named(tmp_path: Path) -> None:
    base = load(write(tmp_path / "law", deep__one=TOPIC.format("a")))
    assert str(base.origins["topic", "a"].place("id")) == "law/deep/one.yaml:2:5"


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, one=TOPIC.format("a"))
    (tmp_path / "README.md").write_text("not a rule", encoding="utf-8")
    (tmp_path / "folder.yaml").mkdir()
    assert list(load(tmp_path).topics) == ["a"]


def test_an_empty_folder_is_an_empty_knowledge_base(tmp_path: Path) -> None:
    assert not load(tmp_path).objects


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(KbError, match=r"nowhere:1:1 KB100"):
        load(tmp_path / "nowhere")


def test_mistakes_of_several_files_are_told_together_each_at_its_place(tmp_path: Path) -> None:
    write(
        tmp_path / "rules",
        a="kind: topic\nid: a\ntitel: {en: T, zh: 题}\nsummary: {en: S, zh: 要}\n",
        b="kind: topc\nid: b\n",
        c="kind: topic\nid: c\nid: d\n",
        d=TOPIC.format("d") + "\n",
        e=TOPIC.format("d"),
    )
    assert told(tmp_path / "rules") == [
        'rules/a.yaml:1:1 KB103 missing key "title"',
        'rules/a.yaml:3:1 KB102 unknown key "titel". Did you mean "title"?',
        'rules/b.yaml:1:7 KB101 unknown kind "topc". Did you mean "topic"?',
        next(each for each in told(tmp_path / "rules") if each.startswith("rules/c.yaml:3:1 KB014")),
        'rules/e.yaml:2:5 KB201 topic "d" is already defined at rules/d.yaml:2:5. Give one of them another id.',
    ]


def test_errors_stop_loading_and_carry_everything(tmp_path: Path) -> None:
    write(tmp_path, a="kind: rule\n", b="- 1\n")
    with pytest.raises(KbError) as refused:
        load(tmp_path)
    assert {each.code for each in refused.value.diagnostics} == {"KB101", "KB103"}


def test_sound_objects_are_kept_beside_unsound_ones(tmp_path: Path) -> None:
    base, findings = inspect(write(tmp_path, a=TOPIC.format("a"), b="kind: topic\n"))
    assert list(base.topics) == ["a"] and findings


def test_a_file_that_is_not_text_is_one_mistake_among_others(tmp_path: Path) -> None:
    write(tmp_path, a=TOPIC.format("a"))
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    (finding,) = inspect(tmp_path)[1]
    assert isinstance(finding, Diagnostic) and finding.code == "KB005"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a thing of POSIX")
def test_a_pipe_that_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert not load(tmp_path).objects


def test_the_shipped_rules_load() -> None:
    assert load(data_folder("rules")).rules
